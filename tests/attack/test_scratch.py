"""What a killed run leaves in its scratch folder is gone when the next one begins."""

from sojourn.engine.session import Session


def test_pages_and_texts_of_a_killed_run_are_removed(tmp_path):
    for name in ("duckdb_temp_storage_DEFAULT-0.tmp", "converted.txt"):
        (tmp_path / name).write_bytes(b"left by a killed run")
    session = Session(tmp_path)
    assert list(tmp_path.iterdir()) == []
    session.close()
