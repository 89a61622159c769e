"""Results as tables in Markdown."""

from cases import Result, median


def of_floors(results: list[Result]) -> str:
    header = [
        "what", "shops", "ours ms", "floor ms", "ratio", "target", "CPU ours", "CPU floor", "peak MiB", "met",
    ]
    rows = []
    for result in results:
        rows.append([
            result.name, f"{result.size:,}" if result.size else "", number(median(result.ours, "wall")),
            number(median(result.floor, "wall")), f"{result.ratio:.2f}", f"≤ {result.most_ratio:g}",
            number(median(result.ours, "cpu")), number(median(result.floor, "cpu")),
            f"{result.peak:.0f} of {result.most_memory}", "yes" if result.is_met else "NO",
        ])
    return markdown(header, rows)


def of_peers(rows: list[list[str]]) -> str:
    return markdown(["what", "shops", "ours ms", "Python ms", "taskwarrior ms"], rows)


def number(milliseconds: float) -> str:
    return f"{milliseconds:.1f}" if milliseconds < 100 else f"{milliseconds:,.0f}"


def markdown(header: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]

    def line(row: list[str]) -> str:
        cells = [
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths))
        ]
        return "| " + " | ".join(cells) + " |"

    rule = "|" + "|".join("-" * (width + 2) if column == 0 else "-" * (width + 1) + ":"
                          for column, width in enumerate(widths)) + "|"
    return "\n".join([line(header), rule, *map(line, rows)]) + "\n"
