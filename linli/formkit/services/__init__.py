"""What happens to forms: built, published, filled in."""

from linli.formkit.services.designing import (
    Head,
    create_form,
    import_form,
    name_form,
    new_version,
    return_to,
    save_draft_version,
    save_whole_draft,
)
from linli.formkit.services.drafts import (
    drop_draft,
    drop_due,
    keep_draft,
    start_draft,
    take_over_draft,
)
from linli.formkit.services.filling import (
    add_files,
    adopt_files,
    drop_file,
    open_answers,
    read_file,
    seal_answers,
)
from linli.formkit.services.publishing import publish_version, retire_version
from linli.formkit.services.steps import Sent, Step, take_step
from linli.formkit.services.trials import drop_test, keep_test, save_test

__all__ = [
    "Head",
    "Sent",
    "Step",
    "add_files",
    "adopt_files",
    "create_form",
    "drop_draft",
    "drop_due",
    "drop_file",
    "drop_test",
    "import_form",
    "keep_draft",
    "keep_test",
    "name_form",
    "new_version",
    "open_answers",
    "publish_version",
    "read_file",
    "retire_version",
    "return_to",
    "save_draft_version",
    "save_test",
    "save_whole_draft",
    "seal_answers",
    "start_draft",
    "take_over_draft",
    "take_step",
]
