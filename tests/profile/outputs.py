"""Everything that a profile gives out, as one text: the terminal's lines, the source file, the code lists."""

from pathlib import Path

from sojourn.run.profiling import Profile, profile, told


def said(found: Profile) -> str:
    """All words and files of a profile."""
    lines = [cell for row in told.rows(found) for cell in row]
    lines += told.heads() + told.file_lines(found) + told.key_lines(found) + [str(each) for each in found.table.torn]
    return "\n".join(lines + [each.read_text(encoding="utf-8") for each in found.written])


def profiled(folder: Path, content: bytes, name: str = "unknown.csv") -> Profile:
    """The profile of a file with this content, proposed into the folder."""
    path = folder / name
    path.write_bytes(content)
    return profile(path, folder / "out")
