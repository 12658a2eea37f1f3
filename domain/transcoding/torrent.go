package transcoding

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // BitTorrent v1 (BEP 3) is made of SHA-1; nothing here is a secret
	"encoding/hex"
	"math"
	"strconv"
	"strings"

	"vidilog/domain/kernel"
)

// Torrent describes one media file to BitTorrent clients (BEP 3, with web seeds of BEP 19).
type Torrent struct {
	// Name is what the file is called; the hash of the torrent follows it.
	Name string
	// Length of the file and of its pieces, in bytes; the last piece may be shorter.
	Length, PieceLength int64
	// Pieces are the SHA-1 hashes of all pieces, 20 bytes each.
	Pieces []byte
	// Trackers are asked for peers, in this order.
	Trackers []string
	// WebSeeds are addresses of the file; none for files that are not for everybody.
	WebSeeds []string
	// CreatedAt is in seconds since 1970.
	CreatedAt int64
}

// torrentCreator is what PeerTube says of itself in torrents; old clients look for it.
const torrentCreator = "PeerTube"

// smallestPiece is create-torrent's, in bytes.
const smallestPiece = 16 << 10

// PieceLength is how long the pieces of a file are: about a thousand of them, a power of two, 16 KiB at least. It is the rule of
// create-torrent, which PeerTube uses.
func PieceLength(bytes int64) int64 {
	if bytes <= 1024 {
		return smallestPiece
	}
	return max(smallestPiece, int64(1)<<int(math.Log2(float64(bytes)/1024)+0.5))
}

// forbiddenInNames are the characters that some file systems refuse; PeerTube replaces them.
var forbiddenInNames = strings.NewReplacer(
	"/", "-", "\\", "-", "?", "-", "%", "-", "*", "-", ":", "-", "|", "-", `"`, "-", "<", "-", ">", "-",
)

// TorrentContentName is the name of the file in its torrent: "fc big 720p.mp4". extension has its dot.
func TorrentContentName(videoName string, r Resolution, extension string) string {
	return forbiddenInNames.Replace(videoName) + " " + strconv.Itoa(int(r)) + "p" + extension
}

// Encode is the content of the .torrent file.
func (t Torrent) Encode() []byte {
	list := make([]any, len(t.Trackers))
	for i, tracker := range t.Trackers {
		list[i] = []any{tracker}
	}
	seeds := make([]any, len(t.WebSeeds))
	for i, seed := range t.WebSeeds {
		seeds[i] = seed
	}
	var b bytes.Buffer
	b.WriteByte('d') // keys in the order of their bytes, as BEP 3 demands
	if len(t.Trackers) > 0 {
		bencode(&b, "announce", t.Trackers[0], "announce-list", list)
	}
	bencode(&b, "created by", torrentCreator, "creation date", t.CreatedAt, "encoding", "UTF-8", "info")
	b.Write(t.info())
	bencode(&b, "url-list", seeds)
	b.WriteByte('e')
	return b.Bytes()
}

// InfoHash is what the swarm is known by, in lower-case hexadecimal.
func (t Torrent) InfoHash() string {
	sum := sha1.Sum(t.info()) //nolint:gosec // see the import
	return hex.EncodeToString(sum[:])
}

func (t Torrent) info() []byte {
	var b bytes.Buffer
	b.WriteByte('d')
	bencode(&b, "length", t.Length, "name", t.Name, "piece length", t.PieceLength, "pieces", string(t.Pieces))
	b.WriteByte('e')
	return b.Bytes()
}

// bencode writes values one after the other.
func bencode(b *bytes.Buffer, values ...any) {
	for _, value := range values {
		switch v := value.(type) {
		case string:
			b.WriteString(strconv.Itoa(len(v)))
			b.WriteByte(':')
			b.WriteString(v)
		case int64:
			b.WriteByte('i')
			b.WriteString(strconv.FormatInt(v, 10))
			b.WriteByte('e')
		case []any:
			b.WriteByte('l')
			bencode(b, v...)
			b.WriteByte('e')
		}
	}
}

// ParseTorrent reads what Encode writes, and other single-file torrents of the first version. Errors are CodeInvalid.
func ParseTorrent(content []byte) (Torrent, error) {
	r := bencodeReader{rest: content}
	root, err := r.value(0)
	if err != nil {
		return Torrent{}, err
	}
	top, _ := root.(map[string]any)
	info, isDict := top["info"].(map[string]any)
	if !isDict || len(r.rest) > 0 {
		return Torrent{}, kernel.Invalid("torrent", "must be one dictionary with info")
	}
	t := Torrent{}
	t.Name, _ = info["name"].(string)
	t.Length, _ = info["length"].(int64)
	t.PieceLength, _ = info["piece length"].(int64)
	t.CreatedAt, _ = top["creation date"].(int64)
	pieces, _ := info["pieces"].(string)
	t.Pieces = []byte(pieces)
	t.Trackers, t.WebSeeds = flat(top["announce-list"]), flat(top["url-list"])
	if t.Length < 0 || t.PieceLength <= 0 || int64(len(t.Pieces)) != (t.Length+t.PieceLength-1)/t.PieceLength*sha1.Size {
		return Torrent{}, kernel.Invalid("torrent", "must have the hashes of one file, has %d bytes of them", len(t.Pieces))
	}
	return t, nil
}

// flat lists the texts in nested lists.
func flat(value any) []string {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, element := range v {
			all = append(all, flat(element)...)
		}
		return all
	}
	return nil
}
