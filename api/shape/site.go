package shape

import (
	"math/big"
	"strings"
	"time"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
)

// Site builds what depends on where the instance is reached. URLs are built here and nowhere inside.
type Site struct {
	// URL of the instance without a slash at the end: "https://video.example".
	URL string
	// Host is its name, with the port where it is not the scheme's own.
	Host string
	// TrackerUp says that the tracker URLs are worth telling.
	TrackerUp bool
}

// webSocketURL is the instance's URL for WebSockets.
func (s Site) webSocketURL() string { return "ws" + strings.TrimPrefix(s.URL, "http") }

// Time is a moment as JavaScript prints it: UTC with milliseconds.
type Time time.Time

const timeLayout = `"2006-01-02T15:04:05.000Z"`

// MarshalJSON writes the moment.
func (t Time) MarshalJSON() ([]byte, error) {
	return time.Time(t).UTC().AppendFormat(nil, timeLayout), nil
}

// TimeOrNull is the moment, or null for none.
func TimeOrNull(t *time.Time) *Time {
	if t == nil {
		return nil
	}
	return (*Time)(t)
}

// flickr58 is the alphabet of short UUIDs: base 58 without 0, O, I and l, small letters first.
const flickr58 = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"

// shortLength is that of every short UUID, filled up with the alphabet's first letter.
const shortLength = 22

// ShortUUID is a UUID as a number in base 58, the way PeerTube writes it in URLs of pages.
func ShortUUID(id uuid.UUID) string {
	n := new(big.Int).SetBytes(id[:])
	base, digit := big.NewInt(58), new(big.Int)
	short := []byte(strings.Repeat("1", shortLength))
	for i := shortLength - 1; n.Sign() > 0; i-- {
		n.DivMod(n, base, digit)
		short[i] = flickr58[digit.Int64()]
	}
	return string(short)
}

// ParseShortUUID reads what ShortUUID writes. Only UUIDs of RFC 4122 (now 9562) count, as in PeerTube.
func ParseShortUUID(text string) (uuid.UUID, bool) {
	if len(text) != shortLength {
		return uuid.Nil, false
	}
	n, base := new(big.Int), big.NewInt(58)
	for _, c := range []byte(text) {
		digit := strings.IndexByte(flickr58, c)
		if digit < 0 {
			return uuid.Nil, false
		}
		n.Add(n.Mul(n, base), big.NewInt(int64(digit)))
	}
	if n.BitLen() > 128 {
		return uuid.Nil, false
	}
	var id uuid.UUID
	n.FillBytes(id[:])
	return id, id.Variant() == uuid.RFC4122
}

// ParseUUID reads a UUID in either form.
func ParseUUID(text string) (uuid.UUID, bool) {
	if id, isShort := ParseShortUUID(text); isShort {
		return id, true
	}
	id, err := uuid.Parse(text)
	return id, err == nil && len(text) == 36
}

func videoShort(id kernel.VideoID) string { return ShortUUID(id.UUID) }

// Trackers are the addresses of the trackers, HTTP first; none where there is no tracker.
func (s Site) Trackers() []string { return s.trackers() }
