package uploads

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"strconv"

	"vidilog/internal/httpx"
	"vidilog/internal/ops/uploads"
)

// problem is a refusal in the dialect's own words. PeerTube leaves these to uploadx, so that they are no problem documents.
type problem struct {
	status int
	name   string // ValidationError for those about the announced file, empty for others
	code   string
	text   string
}

func (p *problem) Error() string { return p.text }

// The refusals of uploadx 6 that a client can see.
var (
	errForbidden    = &problem{status: http.StatusForbidden, code: "Forbidden", text: "Authenticated user is not allowed access"}
	errNotFound     = &problem{status: http.StatusNotFound, code: "FileNotFound", text: "Not found"}
	errConflict     = &problem{status: http.StatusConflict, code: "FileConflict", text: "File conflict"}
	errLocked       = &problem{status: http.StatusLocked, code: "FileLocked", text: "File locked"}
	errChecksum     = &problem{status: 460, code: "ChecksumMismatch", text: "Checksum mismatch"}
	errChecksumKind = &problem{status: http.StatusBadRequest, code: "UnsupportedChecksumAlgorithm", text: "Unsupported checksum algorithm"}
	errTooLarge     = &problem{
		status: http.StatusRequestEntityTooLarge, name: "ValidationError", code: "RequestEntityTooLarge", text: "Request entity too large",
	}
	errFileName = &problem{
		status: http.StatusBadRequest, name: "ValidationError", code: "InvalidFileName", text: "Invalid file name or it cannot be retrieved",
	}
)

// processed asks to come back when what another request does with the file is over. PeerTube says five minutes.
func processed() error {
	return &httpx.Problem{
		Status: http.StatusServiceUnavailable, Detail: "The upload is already being processed", Operation: "uploadResumable", RetryAfter: 300,
	}
}

// inDialect finds the words for what sessions and parts can refuse; other errors stay as they are.
func inDialect(err error) error {
	switch {
	case errors.Is(err, uploads.ErrFinishing):
		return processed()
	case errors.Is(err, uploads.ErrUnknown), errors.Is(err, fs.ErrNotExist):
		return errNotFound
	case errors.Is(err, uploads.ErrHeld):
		return errLocked
	case errors.Is(err, uploads.ErrTooLong):
		return errConflict
	case errors.Is(err, uploads.ErrChecksum):
		return errChecksum
	case errors.Is(err, uploads.ErrChecksumKind):
		return errChecksumKind
	}
	return err
}

// sayInDialect answers a refusal of the dialect; others are for the one place that writes problem documents.
func sayInDialect(w http.ResponseWriter, err error) error {
	var p *problem
	if !errors.As(err, &p) {
		return err
	}
	var body struct {
		Error struct {
			Name    string `json:"name,omitempty"`
			Code    string `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	body.Error.Name, body.Error.Code, body.Error.Message = p.name, p.code, p.text
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(text)))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(p.status)
	_, _ = w.Write(text)
	return nil
}
