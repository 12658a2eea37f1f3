package downloads

import (
	"errors"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"vidilog/api/rest/decode"
	"vidilog/domain/kernel"
	"vidilog/internal/storage"
	"vidilog/projections/catalog"
)

// generate answers GET /download/videos/generate/{id}?videoFileIds=…: the picture of one file and the sound of another, as one
// file that is made while it is sent. A file that has the picture and is alone is sent as it is: there is nothing to make, and its
// codecs need not fit into an mp4.
func (a *API) generate(w http.ResponseWriter, r *http.Request) error {
	v, err := a.video(r)
	if err != nil {
		return err
	}
	files, err := chosen(v, decode.QueryOf(r))
	if err != nil {
		return err
	}
	if len(files) == 1 && files[0].HasVideo {
		return a.send(w, r, locationOf(v, files[0]), v.Name+filepath.Ext(files[0].Name))
	}
	inputs, cover, err := a.inputs(v, files)
	if err != nil {
		return err
	}
	select {
	case a.making <- struct{}{}:
		defer func() { <-a.making }()
	default:
		return kernel.Refuse(kernel.CodeUnavailable, "Too many files are being made at the moment, please try again later.")
	}
	name := v.Name + extension(files)
	body := &lateHeader{w: w, begin: func() { attach(w, name) }}
	if err := a.Remuxer.Remux(r.Context(), inputs, cover, body); err != nil {
		return a.broken(r, body, v, err)
	}
	return nil
}

// broken ends a download whose making has failed: with an error as long as nothing was sent, and else by breaking it off, so that
// nobody takes it for the whole.
func (a *API) broken(r *http.Request, body *lateHeader, v catalog.Video, err error) error {
	if r.Context().Err() != nil {
		return nil //nolint:nilerr // the reader has gone, and nobody hears an answer
	}
	if !body.begun {
		return err
	}
	a.Logger.Warn("a download could not be made to its end", "video", v.ID, "error", err)
	panic(http.ErrAbortHandler)
}

// chosen answers the files that a request wants: one or two, of which one has a picture and one has sound at most.
func chosen(v catalog.Video, q *decode.Query) ([]catalog.File, error) {
	ids := q.Ints("videoFileIds")
	if err := q.Err(); err != nil {
		return nil, err
	}
	if len(ids) == 0 || len(ids) > 2 {
		q.Refuse("videoFileIds", "Invalid value")
		return nil, q.Err()
	}
	var files []catalog.File
	pictures, sounds := 0, 0
	for _, f := range v.Files {
		if !slices.Contains(ids, int(f.Number)) {
			continue
		}
		files = append(files, f)
		if f.HasVideo {
			pictures++
		}
		if f.HasAudio {
			sounds++
		}
	}
	if len(files) == 0 {
		texts := make([]string, len(ids))
		for i, id := range ids {
			texts[i] = strconv.Itoa(id)
		}
		return nil, kernel.NotFound("No files found (%s) to download this video", strings.Join(texts, ", "))
	}
	if pictures > 1 || sounds > 1 {
		return nil, kernel.Refuse(kernel.CodeInvalid, "Cannot generate a container with multiple video/audio files. "+
			"PeerTube supports a maximum of 1 audio and 1 video file")
	}
	return files, nil
}

// inputs answers where files lie, and for sound only the video's picture as cover.
func (a *API) inputs(v catalog.Video, files []catalog.File) (paths []string, cover string, err error) {
	isSound := true
	for _, f := range files {
		path, err := a.Store.Path(locationOf(v, f))
		if err != nil {
			return nil, "", err
		}
		if _, err := a.Store.Stat(locationOf(v, f)); err != nil {
			return nil, "", errors.Join(kernel.NotFound("Video file not found"), err)
		}
		paths, isSound = append(paths, path), isSound && f.Resolution == 0
	}
	if isSound && v.Preview != "" {
		preview := storage.Location{Kind: storage.Preview, Name: v.Preview}
		if _, err := a.Store.Stat(preview); err == nil {
			cover, err = a.Store.Path(preview)
			if err != nil {
				return nil, "", err
			}
		}
	}
	return paths, cover, nil
}

func extension(files []catalog.File) string {
	for _, f := range files {
		if f.Resolution > 0 {
			return ".mp4"
		}
	}
	return ".m4a"
}

// lateHeader sends headers with the first bytes, so that a failure before them can still be answered.
type lateHeader struct {
	w     http.ResponseWriter
	begin func()
	begun bool
}

// Write sends bytes.
func (l *lateHeader) Write(p []byte) (int, error) {
	if !l.begun {
		l.begin()
		l.begun = true
	}
	return l.w.Write(p)
}
