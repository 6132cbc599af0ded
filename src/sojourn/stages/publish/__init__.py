"""The stage that writes what people read: one self-contained HTML report and CSV files of the cells.

Pure Python: it takes plain rows and writes text. Every page and file is stamped as internal and not protected, since
no disclosure control has looked at it; small counts are left out, which is no protection.
"""

from pathlib import Path

from sojourn.stages.publish.agreement import shown_rows
from sojourn.stages.publish.compared import write_rows
from sojourn.stages.publish.files import stamped, write_cells
from sojourn.stages.publish.page import page
from sojourn.stages.publish.report import ReportInput
from sojourn.stages.publish.sections.codes import write_effect
from sojourn.stages.publish.view import View

__all__ = ["ReportInput", "publish"]


def publish(report: ReportInput, folder: Path) -> list[Path]:
    """Write the report and the CSV files into `folder`; the paths written, the report first."""
    view = View(report)
    path = stamped(folder, "report", "html")
    path.write_text(page(view), encoding="utf-8")
    written = write_cells(view.cells, folder) if view.cells else []
    written += write_rows(folder, "comparison", view.rows("comparison"))
    written += write_effect(view, folder)
    statuses = shown_rows(view.rows("status_comparison"), report.threshold)
    return [path, *written, *write_rows(folder, "status_comparison", statuses)]
