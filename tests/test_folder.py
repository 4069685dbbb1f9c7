from pathlib import Path

import pytest

from index.errors import InputError
from index.folder import find_files


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


def ids(*paths: Path) -> list[str]:
    return [file.id for file in find_files(paths)]


def test_articles_are_found_by_suffix_in_the_order_of_their_ids(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.MD", "a/b/c.txt", "notes.pdf", ".hidden.txt", ".quoth/x.txt")
    assert ids(tmp_path) == ["a/b/c.txt", "a/z.MD", "b.txt"]


def test_the_path_is_as_the_user_would_open_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "news/a.txt")
    monkeypatch.chdir(tmp_path)
    assert [str(file.path) for file in find_files([Path("news/")])] == ["news/a.txt"]


def test_ids_of_two_folders_are_told_apart_by_the_folders_names(tmp_path: Path) -> None:
    write(tmp_path, "x/news/a.txt", "y/blog/a.txt", "y/blog/b.txt")
    assert ids(tmp_path / "x/news", tmp_path / "y/blog") == ["blog/a.txt", "blog/b.txt", "news/a.txt"]


def test_folders_of_one_name_are_told_apart_by_their_parents(tmp_path: Path) -> None:
    write(tmp_path, "x/news/a.txt", "y/news/a.txt")
    assert ids(tmp_path / "x/news", tmp_path / "y/news") == ["x/news/a.txt", "y/news/a.txt"]


def test_a_file_that_two_paths_lead_to_is_taken_once(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b/c.txt")
    (tmp_path / "again.txt").symlink_to(tmp_path / "a.txt")
    assert ids(tmp_path, tmp_path / "b", tmp_path / "a.txt") == ["a.txt", "b/c.txt"]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "out/b.txt")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/away").symlink_to(tmp_path / "out")
    found = {file.id: file.reason for file in find_files([tmp_path / "in"])}
    assert found == {"a.txt": None, "away": "a symbolic link that leaves the folder"}


def test_a_file_that_the_user_names_may_be_a_link(tmp_path: Path) -> None:
    write(tmp_path, "out/b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "out/b.txt")
    assert [(file.id, file.reason) for file in find_files([tmp_path / "b.txt"])] == [("b.txt", None)]


def test_a_name_that_is_not_utf8_is_a_reason(tmp_path: Path) -> None:
    try:
        Path(f"{tmp_path}/caf\udce9.txt").write_text("x")
    except OSError:
        pytest.skip("this file system has names in Unicode only")
    assert [file.reason for file in find_files([tmp_path])] == ["its name is not UTF-8"]


def test_a_path_that_isn_t_there_or_no_article_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "a.pdf")
    with pytest.raises(InputError, match="no such path"):
        find_files([tmp_path / "nothing"])
    with pytest.raises(InputError, match=r"not a folder, \.txt or \.md file"):
        find_files([tmp_path / "a.pdf"])
