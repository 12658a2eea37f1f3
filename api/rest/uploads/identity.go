package uploads

import (
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
)

// identity is uploadx's id of a file: the hashes of who sends it, its name, its size and when it was changed last. Who sends the
// same file again goes on where the first attempt stopped.
func identity(userNumber int64, fields *decode.Fields, size int64, now string) string {
	parts := []string{hashed(strconv.FormatInt(userNumber, 10)), hashed(nameOf(fields))}
	if size > 0 {
		parts = append(parts, hashed(strconv.FormatInt(size, 10)))
	}
	if changed, _ := fields.Text("lastModified"); changed != nil && *changed != "" {
		now = *changed
	}
	return strings.Join(append(parts, hashed(now)), "-")
}

// nameOf is what uploadx takes for the name of a file.
func nameOf(fields *decode.Fields) string {
	for _, member := range []string{"name", "title", "originalName", "filename"} {
		if text, _ := fields.Text(member); text != nil && *text != "" {
			return *text
		}
	}
	return ""
}

// hashed is FNV-1a with 64 bits in hexadecimal, without leading zeros.
func hashed(text string) string {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(text)) // cannot fail
	return strconv.FormatUint(sum.Sum64(), 16)
}

// ownID reads upload_id. Ids begin with the hash of their owner; others are refused without a look.
func (a *API) ownID(r *http.Request) (string, error) {
	number, err := a.Number(r.Context(), authn.Caller(r).UserID)
	if err != nil {
		return "", err
	}
	id := r.URL.Query().Get("upload_id")
	if !strings.HasPrefix(id, hashed(strconv.FormatInt(number, 10))) {
		return "", errForbidden
	}
	return id, nil
}
