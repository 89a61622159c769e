"""Prints the ranges of Sources/Domain/Language/WideScalars.swift; needs the PyPI package wcwidth."""

from wcwidth.table_wide import WIDE_EASTASIAN

(version, ranges), = WIDE_EASTASIAN.items()
print(f"/// Unicode {version}; written by Tests/ReportsTests/display-width-table.py.")
print("enum WideScalars {")
print("  /// The first and the last of each range of wide scalars, in order.")
print("  static let bounds: [UInt32] = [")
line = "   "
for first, last in ranges:
    pair = f" 0x{first:X}, 0x{last:X},"
    if len(line) + len(pair) > 108:
        print(line)
        line = "   "
    line += pair
print(line)
print("  ]")
print("}")
