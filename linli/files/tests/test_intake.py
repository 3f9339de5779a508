"""What people upload, good and bad."""

import errno
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection
from PIL import Image

from linli.files import errors, queries, services
from linli.files.models import Derivative, StoredFile
from linli.files.services import adopting
from linli.files.testing import BytesUpload, own_home, pdf, photo, png_that_claims, xlsx, zip_bomb
from linli.files.types import (
    ATTACHMENT,
    DRAFT,
    PHOTO,
    SCANNER,
    FileKind,
    Owner,
    Policy,
    ScanTrouble,
)
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.permits import VAULT
from linli.kernel.prepared import _numbered
from linli.kernel.testing import VILLAGE, make_actor

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CLERK = make_actor("clerk", account_id=1)
OTHER = make_actor("other", account_id=2)
THING = Owner("test.thing", 7)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings) -> Iterator[Path]:
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def take(content: bytes, name: str, policy: Policy = ATTACHMENT, **more: object) -> StoredFile:
    given = {"owner": THING, "place": VILLAGE, "actor": CLERK, "now": NOON, **more}
    return services.take_in(BytesUpload(content, name), policy=policy, **given)


def content_of(file: StoredFile, side: str = "") -> bytes:
    return services.read_content(file, side, actor=CLERK, now=NOON)


@pytest.mark.django_db
def test_a_photo_is_turned_upright_and_says_no_longer_where_it_was_taken() -> None:
    file = take(photo(64, 48, with_exif=True), "照片.jpg")

    kept = Image.open(BytesIO(content_of(file)))
    assert (file.kind, file.width, file.height) == ("jpeg", 48, 64)
    assert kept.size == (48, 64)
    assert dict(kept.getexif()) == {}
    assert b"SecretPhone" not in content_of(file)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photos_get_smaller_copies_for_screens(kind: str) -> None:
    file = take(photo(2400, 1200, kind), f"photo.{kind.lower()}", PHOTO)

    sizes = {d.side: (d.width, d.height) for d in Derivative.objects.filter(file=file)}
    assert sizes == {"1920": (1920, 960), "480": (480, 240)}
    small = Image.open(BytesIO(content_of(file, "480")))
    assert (small.format, small.size) == ("JPEG", (480, 240))
    assert file.kind == kind.lower()


@pytest.mark.django_db
def test_a_photo_with_the_name_of_another_kind_of_photo_is_taken_as_what_it_is() -> None:
    file = take(photo(kind="PNG"), "from_the_phone.jpg", PHOTO)

    assert (file.kind, file.name) == ("png", "from_the_phone.png")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (pdf(), "合同.pdf", "pdf"),
        (xlsx(), "名册.xlsx", "xlsx"),
        ("姓名,电话\n<script>,1".encode("gb18030"), "名册.csv", "csv"),
        ("一句话".encode(), "note.txt", "txt"),
    ],
)
def test_papers_are_kept_as_they_are(content: bytes, name: str, kind: str) -> None:
    file = take(content, name)

    assert (file.kind, file.name, file.size) == (kind, name, len(content))
    assert content_of(file) == content


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_kind_of_photo_and_no_copy_keeps_a_word_about_its_making(kind: str) -> None:
    given = photo(600, 400, kind, with_exif=True)
    file = take(given, f"photo.{kind.lower()}")

    assert b"SecretPhone" in given
    for side in ("", "1920", "480"):
        assert b"SecretPhone" not in content_of(file, side)
        assert dict(Image.open(BytesIO(content_of(file, side))).getexif()) == {}


BAD = [
    (b"<!doctype html><script>alert(1)</script>", "cat.jpg", errors.MarkupRefused),
    (b"<svg onload='alert(1)'/>", "logo.png", errors.MarkupRefused),
    (b"", "empty.pdf", errors.FileEmpty),
    (png_that_claims(30_000, 30_000), "big.png", errors.PictureTooLarge),
    (photo()[:400], "cut.jpg", errors.FileDamaged),
    (b"\xff\xd8\xff" + bytes(500), "zeros.jpg", errors.FileDamaged),
    (pdf(b"/OpenAction <</S/JavaScript/JS(x)>>"), "active.pdf", errors.HasProgram),
    (pdf(b"/Encrypt 9 0 R"), "locked.pdf", errors.FileProtected),
    (pdf()[:-7], "cut.pdf", errors.FileDamaged),
    (pdf(), "really.jpg", errors.FileNotWhatItSays),
    (photo(), "really.pdf", errors.FileNotWhatItSays),
    (xlsx({"xl/vbaProject.bin": b"x"}), "macro.xlsx", errors.HasProgram),
    (xlsx(sheet=b"<!DOCTYPE lolz [<!ENTITY lol 'lol'>]>"), "entity.xlsx", errors.MarkupRefused),
    (xlsx()[:-30], "cut.xlsx", errors.FileDamaged),
    (b"GIF89a" + bytes(100), "dance.gif", errors.FileKindUnknown),
    (b"MZ\x90\x00" + bytes(100), "setup.txt", errors.FileKindUnknown),
    (b"a,b\x00,c", "nul.csv", errors.FileKindUnknown),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "name", "refusal"), BAD, ids=[name for _, name, _ in BAD])
def test_a_bad_file_is_refused_and_nothing_of_it_stays(
    content: bytes, name: str, refusal: type[Exception], home: Path
) -> None:
    with pytest.raises(refusal) as refused:
        take(content, name)

    assert name in str(refused.value)
    assert isinstance(refused.value, errors.FileRefused)
    assert StoredFile.objects.count() == 0
    assert list((home / "quarantine").iterdir()) == []
    assert not (home / "files").exists()


@pytest.mark.django_db
def test_a_zip_bomb_is_refused_without_being_unpacked() -> None:
    bomb = zip_bomb()
    assert len(bomb) < 200_000
    with pytest.raises(errors.ArchiveBomb):
        take(bomb, "名册.xlsx")


@pytest.mark.django_db
def test_a_zip_bomb_that_lies_about_its_size_is_found_while_unpacking(monkeypatch) -> None:
    from linli.files import rules

    monkeypatch.setattr(rules, "archive_is_bomb", lambda members: False)
    with pytest.raises(errors.ArchiveBomb):
        take(zip_bomb(), "名册.xlsx")


@pytest.mark.django_db
def test_a_file_larger_than_the_form_allows_is_cut_off_while_it_comes(home: Path) -> None:
    with pytest.raises(errors.FileTooLarge, match="1.0 MB"):
        take(bytes(3_000_000), "big.txt", Policy(frozenset({FileKind.TXT}), 1024 * 1024))
    assert list((home / "quarantine").iterdir()) == []


@pytest.mark.django_db
def test_a_kind_that_a_form_does_not_want_is_refused_with_what_it_wants() -> None:
    with pytest.raises(errors.FileKindNotWanted, match="JPEG、PNG、WEBP"):
        take(pdf(), "a.pdf", PHOTO)


@pytest.mark.django_db
def test_a_full_disk_is_said_and_leaves_nothing_half_done(home: Path, monkeypatch) -> None:
    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "save", full)
    with pytest.raises(errors.NoSpace):
        take(photo(), "a.jpg")
    assert StoredFile.objects.count() == 0
    assert list((home / "quarantine").iterdir()) == []


@pytest.mark.django_db
def test_from_the_vault_level_on_content_is_encrypted_under_its_own_key(home: Path) -> None:
    secret = "诊断书".encode()
    vault = Policy(frozenset({FileKind.TXT}), 1000, level=VAULT)
    file, twin = take(secret, "a.txt", vault), take(secret, "b.txt", vault)

    lying = [path.read_bytes() for path in (home / "files").rglob("*") if path.is_file()]
    assert len(lying) == 2
    assert all(secret not in content for content in lying)
    assert file.storage_name != twin.storage_name
    assert content_of(file) == secret


@pytest.mark.django_db
def test_equal_contents_share_their_place(home: Path) -> None:
    one, other = take(pdf(), "a.pdf"), take(pdf(), "b.pdf")

    assert one.storage_name == other.storage_name
    assert one.code != other.code
    assert len([p for p in (home / "files").rglob("*") if p.is_file()]) == 1


class Scanner:
    def __init__(self, found: str = "", error: Exception | None = None) -> None:
        self.found, self.error = found, error

    def scan(self, path: Path) -> str:
        if self.error:
            raise self.error
        assert path.read_bytes()
        return self.found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scanner", "refusal"),
    [(Scanner("Eicar"), errors.VirusFound), (Scanner(error=ScanTrouble()), errors.ScanFailed)],
)
def test_a_scanner_that_finds_something_or_fails_refuses(scanner, refusal, monkeypatch) -> None:
    monkeypatch.setattr(SCANNER, "_function", lambda: scanner)
    with pytest.raises(refusal):
        take(photo(), "a.jpg")
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
def test_a_scanner_that_finds_nothing_lets_pass(monkeypatch) -> None:
    monkeypatch.setattr(SCANNER, "_function", lambda: Scanner())
    assert take(photo(), "a.jpg").state == "kept"


@pytest.mark.django_db
def test_a_draft_is_ones_own_until_it_hangs_on_a_thing() -> None:
    draft = take(photo(), "a.jpg", owner=Owner(DRAFT, 1), place="")
    assert queries.get_file(CLERK, draft.code) == draft
    with pytest.raises(NotFound):
        queries.get_file(OTHER, draft.code)
    with pytest.raises(NotFound):
        adopt(draft.code, actor=OTHER)

    [adopted] = adopt(draft.code)

    assert (adopted.owner_kind, adopted.owner_id, adopted.place) == ("test.thing", 7, VILLAGE)
    assert queries.files_of(THING) == [adopted]
    with pytest.raises(NotFound):
        adopt(draft.code)


@pytest.mark.django_db
def test_of_several_drafts_all_are_hung_or_none() -> None:
    kept = take(photo(), "a.jpg", owner=Owner(DRAFT, 1), place="")

    with pytest.raises(NotFound):
        adopt(kept.code, "gone")

    kept.refresh_from_db()
    assert (kept.owner_kind, kept.place) == (DRAFT, "")
    assert queries.files_of(THING) == []


@pytest.mark.django_db
def test_however_many_drafts_are_named_each_is_hung_once() -> None:
    drafts = [take(photo(n + 8), f"{n}.jpg", owner=Owner(DRAFT, 1), place="") for n in range(5)]
    left, *wanted = [draft.code for draft in drafts]

    assert adopt() == []
    hung = adopt(*wanted[:3], wanted[0]) + adopt(wanted[3])

    assert [file.code for file in hung] == wanted
    assert queries.files_of(THING) == hung
    assert queries.get_file(CLERK, left).owner_kind == DRAFT


@pytest.mark.django_db
def test_one_draft_of_a_wrong_kind_or_erased_is_not_hung() -> None:
    paper = take(pdf(), "a.pdf", owner=Owner(DRAFT, 1), place="")
    with pytest.raises(errors.FileKindNotWanted):
        adopt(paper.code)
    photo_taken = take(photo(), "a.jpg", owner=Owner(DRAFT, 1), place="")
    StoredFile.objects.filter(pk=photo_taken.pk).update(
        state="erased", name="", storage_name="", content_key=None, erased_at=NOON
    )
    with pytest.raises(NotFound):
        adopt(photo_taken.code)

    assert queries.files_of(THING) == []
    assert set(StoredFile.objects.values_list("owner_kind", flat=True)) == {DRAFT}


@pytest.mark.django_db
@pytest.mark.parametrize("whose", ["account_id", "owner_id"])
def test_one_draft_is_found_by_its_code_among_thousands_of_the_same_owner(whose: str) -> None:
    draft = take(photo(), "a.jpg", owner=Owner(DRAFT, 1), place="")
    with connection.cursor() as cursor:
        columns = [f for f in sql.columns_of(StoredFile) if f not in ('"id"', '"code"')]
        cursor.execute(
            f"INSERT INTO files_storedfile (code, {', '.join(columns)}) "
            f"SELECT 'C' || n, {', '.join(columns)} FROM files_storedfile, generate_series(1, 3000) n"
        )
        cursor.execute("ANALYZE files_storedfile")
        text = _numbered(adopting._adoption(whose, 1))[0].decode()
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute(f"PREPARE adoption AS {text}")
        given = {
            "kind": "'test.thing'", "id": "7", "place": "'x'", "until": "NULL", whose: "1",
            "code0": f"'{draft.code}'", "owner_kind": f"'{DRAFT}'", "kinds": "ARRAY['jpg']",
        }  # fmt: skip
        order = _numbered(adopting._adoption(whose, 1))[1] or []
        cursor.execute(f"EXPLAIN EXECUTE adoption ({', '.join(given[name] for name in order)})")
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("DEALLOCATE adoption")

    assert "files_storedfile_code" in plan and "storedfile_owner" not in plan


def adopt(*codes: str, actor=CLERK) -> list[StoredFile]:
    return services.adopt(codes, owner=THING, place=VILLAGE, policy=PHOTO, actor=actor, now=NOON)


@pytest.mark.django_db
def test_a_policy_says_until_when_a_file_is_kept() -> None:
    policy = Policy(frozenset({FileKind.TXT}), 1000, keep_days=30)
    assert take(b"a", "a.txt", policy).retention_until == date(2026, 12, 24)


def test_a_file_on_the_disk_is_looked_at_without_being_kept(tmp_path: Path) -> None:
    good, bad = tmp_path / "名册.xlsx", tmp_path / "plan.txt"
    good.write_bytes(xlsx())
    bad.write_bytes(photo())

    assert services.inspect_path(good, policy=ATTACHMENT, actor=CLERK) is FileKind.XLSX
    with pytest.raises(errors.FileNotWhatItSays):
        services.inspect_path(bad, policy=ATTACHMENT, actor=CLERK)
