"""A PDF that can be read aloud: every text is in a tree of headings, paragraphs and lists (tagged, ISO 32000-1 §14.8), every
character leads back to its Unicode, and the same content gives the same bytes. That it is PDF/UA is not claimed: no validator has said so.

The libraries measured write no such tree for text (docs/decisions.md); what a paper needs of the format is small.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from xml.sax.saxutils import escape

from chalicelib.kernel import clock
from chalicelib.kernel.pictures import Picture

POINTS = 72 / 25.4  # of a millimetre
WIDTH, HEIGHT = 210 * POINTS, 297 * POINTS  # A4
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{}endcmap CMapName currentdict /CMap defineresource pop end end"""
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag>
</dc:language><xmp:CreateDate>{at}</xmp:CreateDate></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


class Face(Protocol):
    """What is needed of a typeface; `typeface.Typeface` is it."""

    @property
    def measures(self) -> tuple[int, int, tuple[int, int, int, int]]: ...
    def width(self, text: str) -> int: ...
    def cut(self, characters: list[str]) -> bytes: ...


@dataclass
class Element:
    """A part of the document by its meaning (`H1`, `P`, `L`, `LI`, `LBody`, `Figure`): parts of it, and what is drawn of it as (page,
    number there); `alt` is read aloud for a figure."""

    tag: str
    alt: str = ""
    kids: list[Element | tuple[int, int]] = field(default_factory=list)

    def inside(self, tag: str, alt: str = "") -> Element:
        """Add a part at its end."""
        self.kids.append(made := Element(tag, alt))
        return made


@dataclass
class _Page:
    marks: list[str] = field(default_factory=list)
    owners: list[Element] = field(default_factory=list)


class Pdf:
    """A document of A4 pages on its way: pages are added, texts set on the last one by `say`."""

    def __init__(self, face: Face, title: str, at: datetime) -> None:
        self._face, self._title, self._at = face, title, at
        self._pages: list[_Page] = []
        self._codes: dict[str, int] = {}
        self._pictures: list[Picture] = []
        self._objects: list[bytes] = []
        self.root = Element("Document")

    def page(self) -> None:
        """Begin another page."""
        self._pages.append(_Page())

    def say(self, element: Element | None, x: float, y: float, size: float, text: str) -> None:
        """Set a line of text, its foot at x, y in points from the lower left corner; None: an ornament that is not read aloud."""
        codes = "".join(f"{self._codes.setdefault(char, len(self._codes) + 1):04X}" for char in text)
        self._mark(element, f"BT /F {size:g} Tf {x:.2f} {y:.2f} Td <{codes}> Tj ET")

    def fill(self, element: Element | None, boxes: Iterable[tuple[float, float, float, float]]) -> None:
        """Fill rectangles with black: x and y of the lower left corner, width, height, in points."""
        self._mark(element, " ".join(f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re" for x, y, wide, high in boxes) + " f")

    def show(self, element: Element | None, picture: Picture, x: float, y: float, width: float, height: float) -> None:
        """Show a picture in a rectangle."""
        self._pictures.append(picture)
        place = f"{width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm"
        self._mark(element, f"q {place} /P{len(self._pictures) - 1} Do Q")

    def _mark(self, element: Element | None, drawn: str) -> None:
        page = self._pages[-1]
        begin = "/Artifact BMC"
        if element is not None:
            begin = f"/{element.tag} <</MCID {len(page.owners)}>> BDC"
            element.kids.append((len(self._pages) - 1, len(page.owners)))
            page.owners.append(element)
        page.marks.append(f"{begin} {drawn} EMC")

    # — how it is written —

    def written(self) -> bytes:
        """Return the file."""
        tree, first = self._reserve(), self._reserve()
        catalog, above = self._reserve(), self._reserve()
        pages = [self._reserve() for _ in self._pages]
        font, pictures = self._font(), self._shown()
        for number, (page, reference) in enumerate(zip(self._pages, pages, strict=True)):
            content = self._stream("", "\n".join(page.marks).encode())
            self._set(
                reference,
                f"<</Type /Page /Parent {above} 0 R /MediaBox [0 0 {WIDTH:.2f} {HEIGHT:.2f}] /Contents {content} 0 R"
                f" /Resources <</Font <</F {font} 0 R>>{pictures}>> /StructParents {number} /Tabs /S>>",
            )
        kids = " ".join(f"{page} 0 R" for page in pages)
        self._set(above, f"<</Type /Pages /Count {len(pages)} /Kids [{kids}]>>")
        self._structure(tree, first, pages)
        xmp = _XMP.format(title=escape(self._title), at=self._at.isoformat(timespec="seconds")).encode()
        metadata = self._stream("/Type /Metadata /Subtype /XML", xmp, packed=False)
        self._set(
            catalog,
            f"<</Type /Catalog /Pages {above} 0 R /Lang (zh-CN) /MarkInfo <</Marked true>> /StructTreeRoot {tree} 0 R"
            f" /ViewerPreferences <</DisplayDocTitle true>> /Metadata {metadata} 0 R>>",
        )
        return self._file(catalog)

    def _structure(self, tree: int, first: int, pages: list[int]) -> None:
        """Write the tree of meaning, and by page which part each text of it belongs to."""
        known: dict[int, int] = {id(self.root): first}

        def write(element: Element, parent: int) -> None:
            me = known.setdefault(id(element), 0) or self._reserve()
            known[id(element)] = me
            kids = []
            for kid in element.kids:
                if isinstance(kid, Element):
                    write(kid, me)
                    kids.append(f"{known[id(kid)]} 0 R")
                else:
                    kids.append(f"<</Type /MCR /Pg {pages[kid[0]]} 0 R /MCID {kid[1]}>>")
            alt = f" /Alt <{_text(element.alt)}>" if element.alt else ""
            self._set(me, f"<</Type /StructElem /S /{element.tag}{alt} /P {parent} 0 R /K [{' '.join(kids)}]>>")

        write(self.root, tree)
        owners = (" ".join(f"{known[id(owner)]} 0 R" for owner in page.owners) for page in self._pages)
        numbers = " ".join(f"{number} [{each}]" for number, each in enumerate(owners))
        self._set(tree, f"<</Type /StructTreeRoot /K {first} 0 R /ParentTree <</Nums [{numbers}]>>>>")

    def _shown(self) -> str:
        """Write the pictures; return the entry by which every page knows them."""
        numbers = [
            self._stream(f"/Type /XObject /Subtype /Image {each.entries}", each.data, packed=False)
            for each in self._pictures
        ]
        named = " ".join(f"/P{place} {number} 0 R" for place, number in enumerate(numbers))
        return f" /XObject <<{named}>>" if named else ""

    def _font(self) -> int:
        """Write the characters used as a font: the code of each is its place in it."""
        used = list(self._codes)
        ascent, descent, box = self._face.measures
        file = self._stream("/Subtype /CIDFontType0C", self._face.cut(used))
        name = f"/{hashlib.sha256(''.join(used).encode()).hexdigest()[:6].translate(_LETTERS)}+NotoSerifSC"
        descriptor = self._add(
            f"<</Type /FontDescriptor /FontName {name} /Flags 4 /FontBBox [{' '.join(map(str, box))}] /ItalicAngle 0"
            f" /Ascent {ascent} /Descent {descent} /CapHeight 733 /StemV 80 /FontFile3 {file} 0 R>>"
        )
        widths = " ".join(str(self._face.width(char)) for char in used)
        below = self._add(
            f"<</Type /Font /Subtype /CIDFontType0 /BaseFont {name} /FontDescriptor {descriptor} 0 R /W [1 [{widths}]]"
            " /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>>>"
        )
        pairs = [f"<{code:04X}> <{char.encode('utf-16-be').hex()}>\n" for char, code in self._codes.items()]
        blocks = (pairs[at : at + 100] for at in range(0, len(pairs), 100))
        map_ = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
        unicode = self._stream("", _CMAP.format(map_).encode())
        return self._add(
            f"<</Type /Font /Subtype /Type0 /BaseFont {name} /Encoding /Identity-H /DescendantFonts [{below} 0 R]"
            f" /ToUnicode {unicode} 0 R>>"
        )

    def _reserve(self) -> int:
        self._objects.append(b"")
        return len(self._objects)

    def _set(self, number: int, body: str | bytes) -> None:
        self._objects[number - 1] = body.encode() if isinstance(body, str) else body

    def _add(self, body: str | bytes) -> int:
        self._set(number := self._reserve(), body)
        return number

    def _stream(self, entries: str, content: bytes, packed: bool = True) -> int:
        packing, content = (" /Filter /FlateDecode", zlib.compress(content, 9)) if packed else ("", content)
        head = f"<<{entries} /Length {len(content)}{packing}>>\nstream\n".encode()
        return self._add(head + content + b"\nendstream")

    def _file(self, catalog: int) -> bytes:
        title, made = _text(self._title), b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
        at = self._at.astimezone(clock.SHANGHAI)
        info = self._add(f"<</Title <{title}> /Producer (Rongyiban) /CreationDate (D:{at:%Y%m%d%H%M%S}+08'00')>>")
        places = []
        for number, body in enumerate(self._objects, 1):
            places.append(len(made))
            made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        table = "".join(f"{place:010d} 00000 n \n" for place in places)
        same = hashlib.sha256(made).hexdigest()[:32]
        entries = f"/Size {len(places) + 1} /Root {catalog} 0 R /Info {info} 0 R /ID [<{same}> <{same}>]"
        end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n<<{entries}>>\nstartxref\n{len(made)}\n%%EOF\n"
        return made + end.encode()


def _text(text: str) -> str:
    """Write a text as the hex digits of a string of the format."""
    return ("\ufeff" + text).encode("utf-16-be").hex()


_LETTERS = str.maketrans("0123456789abcdef", "ABCDEFGHIJKLMNOP")
