"""Files: what people upload and what the system makes, checked, kept and let go.

Owns: StoredFile, Derivative.
States: states.FILE (kept, erased).
Asks: the owner of the thing a file hangs on, through kernel.registries.FILE_VISIBILITY.
Never: trusts a name or a declared type, keeps where a photo was taken, or shows HTML or SVG of others.
"""
