package instance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// NewVideo is where uploads in parts go that become new videos.
const NewVideo = "/api/v1/videos/upload-resumable"

// Parts is an upload in parts, as a browser sends it.
type Parts struct {
	// Size of the whole file, in bytes.
	Size int

	client  *Client
	address string
	content []byte
}

// Announce begins an upload in parts of a film, or goes on with the one of the same film and name; fields are the members of the
// first request.
func (c *Client) Announce(ctx context.Context, path, film string, fields map[string]any) (*Parts, error) {
	content, err := os.ReadFile(film)
	if err != nil {
		return nil, err
	}
	members := map[string]any{"filename": filepath.Base(film), "lastModified": 1}
	maps.Copy(members, fields)
	body, err := json.Marshal(members)
	if err != nil {
		return nil, err
	}
	answer, err := c.Do(ctx, http.MethodPost, path, bytes.NewReader(body), "Content-Type", "application/json",
		"X-Upload-Content-Type", "video/mp4", "X-Upload-Content-Length", strconv.Itoa(len(content)))
	if err != nil {
		return nil, err
	}
	if answer.Status != http.StatusCreated && answer.Status != http.StatusOK {
		return nil, fmt.Errorf("POST %s answered %d: %.500s", path, answer.Status, answer.Body)
	}
	_, query, _ := strings.Cut(answer.Header.Get("Location"), "?")
	return &Parts{Size: len(content), client: c, address: path + "?" + query, content: content}, nil
}

// Send sends the bytes from one place up to another.
func (p *Parts) Send(ctx context.Context, from, to int) (Answer, error) {
	return p.put(ctx, fmt.Sprintf("bytes %d-%d/%d", from, to-1, p.Size), p.content[from:to])
}

// Ask asks how far the upload is: 308 with Range, or 200 with what has become of it.
func (p *Parts) Ask(ctx context.Context) (Answer, error) {
	return p.put(ctx, fmt.Sprintf("bytes */%d", p.Size), nil)
}

// GoOn asks how far the upload is and sends what is missing; the answer is the last one.
func (p *Parts) GoOn(ctx context.Context) (Answer, error) {
	answer, err := p.Ask(ctx)
	if err != nil || answer.Status != http.StatusPermanentRedirect {
		return answer, err
	}
	return p.Send(ctx, answer.Acknowledged(), p.Size)
}

// GiveUp ends the upload.
func (p *Parts) GiveUp(ctx context.Context) (Answer, error) {
	return p.client.Do(ctx, http.MethodDelete, p.address, nil)
}

func (p *Parts) put(ctx context.Context, span string, content []byte) (Answer, error) {
	return p.client.Do(ctx, http.MethodPut, p.address, bytes.NewReader(content), "Content-Range", span)
}

// Acknowledged is how many bytes an answer says are there.
func (a Answer) Acknowledged() int {
	_, last, _ := strings.Cut(a.Header.Get("Range"), "bytes=0-")
	n, err := strconv.Atoi(last)
	if err != nil {
		return 0
	}
	return n + 1
}
