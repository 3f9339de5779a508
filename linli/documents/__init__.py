"""Documents: numbered papers that the system prints, that anyone can check, and the use of seals.

Owns: Document, DocumentPrint, SealUse, ElectronicSeal, ShortCode.
States: states.DOCUMENT (issued, withdrawn), states.SEAL_USE (requested, approved, stamped, refused, cancelled, sealed), states.ELECTRONIC_SEAL (what is asked of the city's seal service).
Asks: files (keeps the PDF), runtime (numbers), trail, translog.
Never: prints or takes a picture of a seal, makes a seal itself, or shows on the check page whom a paper is about.
"""
