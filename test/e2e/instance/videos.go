package instance

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
)

// File is one file of a video as the API shows it.
type File struct {
	ID         int64  `json:"id"`
	FileURL    string `json:"fileUrl"`
	Size       int64  `json:"size"`
	Resolution struct {
		ID int `json:"id"`
	} `json:"resolution"`
}

// Status is that of the answer when somebody asks for the file.
func (f File) Status(ctx context.Context, who *Client) (int, error) {
	answer, err := who.Do(ctx, http.MethodHead, PathOf(f.FileURL), nil)
	return answer.Status, err
}

// Playlist is the HLS stream of a video.
type Playlist struct {
	PlaylistURL       string `json:"playlistUrl"`
	SegmentsSha256URL string `json:"segmentsSha256Url"`
	Files             []File `json:"files"`
}

// Video is a video as the API shows it, in lists without files.
type Video struct {
	ID        int64  `json:"id"`
	UUID      string `json:"uuid"`
	ShortUUID string `json:"shortUUID"`
	Name      string `json:"name"`
	// Duration in seconds.
	Duration int `json:"duration"`
	State    struct {
		ID int `json:"id"`
	} `json:"state"`
	ThumbnailPath      string     `json:"thumbnailPath"`
	PreviewPath        string     `json:"previewPath"`
	Files              []File     `json:"files"`
	StreamingPlaylists []Playlist `json:"streamingPlaylists"`
}

// Published is the state of a video that everybody may watch.
const Published = 1

// Form is an upload as multipart body: the fields as pairs, then the file.
func Form(fields []string, field, path string) (body *bytes.Buffer, contentType string, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for n := 0; n+1 < len(fields); n += 2 {
		_ = w.WriteField(fields[n], fields[n+1]) // a buffer takes everything
	}
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", mime.FormatMediaType("form-data", map[string]string{"name": field, "filename": filepath.Base(path)}))
	header.Set("Content-Type", cmp.Or(mime.TypeByExtension(filepath.Ext(path)), "application/octet-stream"))
	part, err := w.CreatePart(header)
	if err != nil {
		return nil, "", err
	}
	_, _ = part.Write(content)
	return body, w.FormDataContentType(), w.Close()
}

// Upload sends a public video to root's channel that is published when it is transcoded. Further fields come as pairs, and may say
// otherwise.
func (c *Client) Upload(ctx context.Context, path, name string, more ...string) (Video, error) {
	fields := append([]string{"name", name}, more...)
	for _, usual := range [][]string{{"channelId", "1"}, {"privacy", "1"}, {"waitTranscoding", "true"}} {
		if !slices.Contains(more, usual[0]) {
			fields = append(fields, usual...)
		}
	}
	body, contentType, err := Form(fields, "videofile", path)
	if err != nil {
		return Video{}, err
	}
	return c.Send(ctx, body, contentType)
}

// Send sends the body of an upload.
func (c *Client) Send(ctx context.Context, body io.Reader, contentType string) (Video, error) {
	answer, err := c.Do(ctx, http.MethodPost, "/api/v1/videos/upload", body, "Content-Type", contentType)
	if err != nil {
		return Video{}, err
	}
	var uploaded struct {
		Video Video `json:"video"`
	}
	return uploaded.Video, answer.decode("POST /api/v1/videos/upload", &uploaded)
}

// Video answers a video with its files.
func (c *Client) Video(ctx context.Context, id string) (v Video, err error) {
	return v, c.Get(ctx, "/api/v1/videos/"+id, &v)
}

// Mine are root's videos, in whatever state.
func (c *Client) Mine(ctx context.Context) ([]Video, error) {
	var list struct {
		Data []Video `json:"data"`
	}
	err := c.Get(ctx, "/api/v1/users/me/videos?count=100&sort=createdAt", &list)
	return list.Data, err
}

// Pending counts what the instance has still to do: events that a consumer has not dealt with and open jobs, which the server counts
// in one look, and jobs that wait for their time. The latter are looked at before and after, for a job may begin to wait meanwhile.
func (c *Client) Pending(ctx context.Context) (int64, error) {
	before, err := c.delayed(ctx)
	if err != nil {
		return 0, err
	}
	var debug struct {
		Waiting int64 `json:"activityPubMessagesWaiting"`
	}
	if err := c.Get(ctx, "/api/v1/server/debug", &debug); err != nil {
		return 0, err
	}
	after, err := c.delayed(ctx)
	return before + debug.Waiting + after, err
}

func (c *Client) delayed(ctx context.Context) (int64, error) {
	var jobs struct {
		Total int64 `json:"total"`
	}
	err := c.Get(ctx, "/api/v1/jobs/delayed?count=1", &jobs)
	return jobs.Total, err
}

// Paths are the addresses of everything that belongs to a video, without the host.
func (v Video) Paths() []string {
	paths := []string{v.ThumbnailPath, v.PreviewPath}
	for _, f := range v.Files {
		paths = append(paths, PathOf(f.FileURL))
	}
	for _, p := range v.StreamingPlaylists {
		paths = append(paths, PathOf(p.PlaylistURL), PathOf(p.SegmentsSha256URL))
		for _, f := range p.Files {
			paths = append(paths, PathOf(f.FileURL))
		}
	}
	return paths
}

// Complete says what a published video lacks.
func (c *Client) Complete(ctx context.Context, id string) error {
	v, err := c.Video(ctx, id)
	if err != nil {
		return err
	}
	if v.State.ID != Published || len(v.Files) == 0 || len(v.StreamingPlaylists) == 0 || v.ThumbnailPath == "" {
		return fmt.Errorf("%q has state %d, %d files, %d playlists and the thumbnail %q",
			v.Name, v.State.ID, len(v.Files), len(v.StreamingPlaylists), v.ThumbnailPath)
	}
	for _, path := range v.Paths() {
		answer, err := c.Do(ctx, http.MethodHead, path, nil)
		if err != nil {
			return err
		}
		if answer.Status != http.StatusOK {
			return fmt.Errorf("%q: HEAD %s answered %d", v.Name, path, answer.Status)
		}
	}
	return nil
}
