"""Documents: numbered papers that the system prints, that anyone can check, and the use of seals.

Owns: Document, DocumentPrint, SealUse, ShortCode.
States: states.DOCUMENT (issued, withdrawn), states.SEAL_USE (requested, approved, stamped, refused, cancelled).
Asks: files (keeps the PDF), runtime (numbers), trail, translog.
Never: prints or takes a picture of a seal, or shows on the check page whom a paper is about.
"""
