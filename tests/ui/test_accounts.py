from pathlib import Path

import bcrypt
import pytest

from icarus_ui.sharing.accounts import AccountsError, from_file, with_password

SALT = b"$2b$04$abcdefghijklmnopqrstuu"  # the same in each run, since cases are named by it
HASHED = bcrypt.hashpw(b"correct horse", SALT).decode()


def users(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "users"
    path.write_text(text, encoding="utf-8")
    return path


def test_one_password_opens_for_whoever_has_it() -> None:
    accounts = with_password("correct horse")
    assert accounts.admits("", "correct horse")
    assert accounts.admits("anybody", "correct horse")
    for wrong in ("", "correct hors", "correct horse ", "Correct horse"):
        assert not accounts.admits("", wrong)


def test_a_short_password_is_refused_in_one_sentence() -> None:
    with pytest.raises(AccountsError, match=r"ICARUS_PASSWORD is too short: it needs 8 characters at least."):
        with_password("1234567")


def test_a_file_of_users_as_htpasswd_writes_it(tmp_path: Path) -> None:
    accounts = from_file(
        users(tmp_path, f"# those of the unit\nada:{HASHED.replace('$2b$', '$2y$')}\n\nbob:{HASHED}\n")
    )
    assert accounts.named
    assert accounts.admits("ada", "correct horse")
    assert accounts.admits("bob", "correct horse")
    assert not accounts.admits("ada", "correct hors")
    assert not accounts.admits("eve", "correct horse")
    assert not accounts.admits("", "")
    assert not accounts.admits("ada", "x" * 100)
    assert not accounts.admits("ada", "a\0b")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no user"),
        ("# only words", "holds no user"),
        (f"ada:{HASHED}\nbob:secret\n", "line 2 of .* is not `name:hash` with a bcrypt hash"),
        (f":{HASHED}", "line 1"),
        ("ada:$apr1$x$y", "line 1"),
        ("ada:$2y$05$short", "line 1"),
    ],
)
def test_a_file_that_keeps_nobody_out_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(AccountsError, match=says) as failure:
        from_file(users(tmp_path, text))
    assert "secret" not in str(failure.value)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(AccountsError, match=r"ICARUS_USERS cannot be read from .*: No such file"):
        from_file(tmp_path / "none")


def test_the_hash_of_nobody_is_one() -> None:
    from icarus_ui.sharing.accounts import _NOBODY

    assert bcrypt.checkpw(b"x", _NOBODY) is False
