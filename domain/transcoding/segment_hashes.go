package transcoding

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// SegmentHash is the SHA-256 of one segment. Players check pieces with it that they got from other viewers.
type SegmentHash struct {
	// Start and End are offsets of the first and the last byte.
	Start int64 `json:"start"`
	End   int64 `json:"end"`
	// SHA256 is in lower-case hexadecimal.
	SHA256 string `json:"sha256"`
}

// MediaHashes are the hashes of one media file in the order of its segments; the initialisation range has none.
type MediaHashes struct {
	Media    string        `json:"media"`
	Segments []SegmentHash `json:"segments"`
}

// HashesDocument is the content of segments-sha256.json: {"file": {"start-end": "hex"}} with both ends inclusive,
// compact, files and ranges in the order given, and a final line break.
func HashesDocument(files []MediaHashes) []byte {
	var doc bytes.Buffer
	doc.WriteByte('{')
	for i, file := range files {
		separate(&doc, i)
		name, _ := json.Marshal(file.Media) // a string always encodes
		doc.Write(name)
		doc.WriteString(":{")
		for j, s := range file.Segments {
			separate(&doc, j)
			doc.WriteString(`"` + strconv.FormatInt(s.Start, 10) + "-" + strconv.FormatInt(s.End, 10) + `":"` + s.SHA256 + `"`)
		}
		doc.WriteByte('}')
	}
	doc.WriteString("}\n")
	return doc.Bytes()
}

func separate(doc *bytes.Buffer, index int) {
	if index > 0 {
		doc.WriteByte(',')
	}
}
