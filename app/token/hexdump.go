package token

import "unicode/utf8"

// A HexRow is a line of a hex dump: up to 16 bytes as two hexadecimal digits each, and what of them is printable ASCII.
type HexRow struct {
	Offset int    `json:"offset"` // of the first byte
	Hex    string `json:"hex"`    // the bytes, a blank between them and two in the middle
	Text   string `json:"text"`   // a character for each byte, a full stop for one that cannot be printed
}

// rowBytes is how many bytes a [HexRow] has.
const rowBytes = 16

// HexDump gives at most that many rows of bytes, from the row on that holds the byte at start. Nothing is built for the
// bytes that are not asked for, so a viewer can turn the pages of a long content.
func HexDump(b []byte, start, rows int) []HexRow {
	start = max(start, 0) / rowBytes * rowBytes
	if start >= len(b) || rows <= 0 {
		return nil
	}
	list := make([]HexRow, 0, min(rows, (len(b)-start+rowBytes-1)/rowBytes))
	for ; start < len(b) && len(list) < rows; start += rowBytes {
		list = append(list, hexRow(b, start))
	}
	return list
}

func hexRow(b []byte, start int) HexRow {
	const digits = "0123456789abcdef"
	var hex [rowBytes*3 + 1]byte
	var text [rowBytes]byte
	line := b[start:min(start+rowBytes, len(b))]
	out := hex[:0]
	for i, c := range line {
		if i > 0 {
			out = append(out, ' ')
		}
		if i == rowBytes/2 {
			out = append(out, ' ')
		}
		out = append(out, digits[c>>4], digits[c&15])
		text[i] = c
		if c < ' ' || c > '~' {
			text[i] = '.'
		}
	}
	return HexRow{start, string(out), string(text[:len(line)])}
}

// Shape is what a segment's bytes are, for the choice of how to show them.
type Shape string

// The shapes. The zero Shape is that of a segment without bytes.
const (
	ShapeObject Shape = "json"   // a JSON object
	ShapeValue  Shape = "value"  // any other JSON value
	ShapeText   Shape = "text"   // UTF-8 without control characters but tab and line breaks
	ShapeBinary Shape = "binary" // anything else: to be shown by [HexDump]
)

// Shape tells what the segment's bytes are.
func (s Segment) Shape() Shape {
	switch {
	case len(s.Bytes) == 0:
		return ""
	case s.JSON.Root().Kind() == Object:
		return ShapeObject
	case s.JSON != nil:
		return ShapeValue
	case notText(s.Bytes) < 0:
		return ShapeText
	}
	return ShapeBinary
}

// notText returns where the first byte is that no text has, -1 if there is none.
func notText(b []byte) int {
	for i := 0; i < len(b); {
		c := b[i]
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}
