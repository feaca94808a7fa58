"""The fonts of printed sheets, taken from the pages' packages into `frontend/fonts`: `python -m config.fonts`.

DejaVu Sans (both weights) is cut to the scripts of Europe and the Near East. What further scripts need stays in the
small pieces it comes in; `index.json` says which signs each piece draws, in the order in which pieces are asked.
"""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
FONTS = ROOT / "frontend" / "fonts"
FURTHER = ("sans-jp", "sans-sc", "sans-kr", "sans-thai", "sans-devanagari", "emoji")
# Latin to Georgian, Greek's and Latin's extensions, punctuation, currencies and signs; joined Arabic and Hebrew forms.
_NEAR = ((0x20, 0x10FF), (0x1E00, 0x2BFF), (0xFB00, 0xFEFF))


def main() -> None:
    """Makes the folder anew."""
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir(parents=True)
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        _cut(PACKAGES / "dejavu-fonts-ttf" / "ttf" / name, FONTS / name)
    shutil.copy(PACKAGES / "dejavu-fonts-ttf" / "LICENSE", FONTS / "LICENSE-DejaVu.txt")
    known = {path.stem: ranges(_signs(path)) for script in FURTHER for path in _pieces(script)}
    (FONTS / "index.json").write_text(json.dumps(known, separators=(",", ":")))


def _cut(whole: Path, part: Path) -> None:
    asked = subset.Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True)
    asked.drop_tables += ["MATH", "FFTM"]
    font = subset.load_font(str(whole), asked)
    cutter = subset.Subsetter(asked)
    cutter.populate(unicodes=[sign for first, last in _NEAR for sign in range(first, last + 1)])
    cutter.subset(font)
    subset.save_font(font, str(part), asked)


def _pieces(script: str) -> list[Path]:
    """Copies a package's pieces and its licence; the copies. Signs of Europe are drawn by DejaVu."""
    name = f"noto-{script}"
    package = PACKAGES / "@fontsource-variable" / name
    shutil.copy(package / "LICENSE", FONTS / f"LICENSE-{name}.txt")
    wanted = [
        path for path in sorted((package / "files").glob("*-wght-normal.woff2")) if not _near(path.stem)
    ]
    return [Path(shutil.copy(path, FONTS)) for path in wanted]


def _near(name: str) -> bool:
    return any(part in name for part in ("latin", "cyrillic", "vietnamese"))


def _signs(path: Path) -> set[int]:
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


def ranges(signs: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of each run of numbers, rising."""
    found: list[tuple[int, int]] = []
    for sign in sorted(signs):
        if found and sign == found[-1][1] + 1:
            found[-1] = (found[-1][0], sign)
        else:
            found.append((sign, sign))
    return found


if __name__ == "__main__":
    main()
