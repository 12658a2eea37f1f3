package contract_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"vidilog/test/e2e/instance"
)

const videoPath = "/api/v1/videos/{id}"

// theVideoNumber is the integer of the video that rows share.
var theVideoNumber = once("number of the video", func(ctx context.Context, w *world) (string, error) {
	v, err := w.theVideo(ctx)
	return strconv.FormatInt(v.ID, 10), err
})

func (w *world) theVideo(ctx context.Context) (instance.Video, error) {
	id, err := theVideo(ctx, w)
	if err != nil {
		return instance.Video{}, err
	}
	return w.clients[owner].Video(ctx, id)
}

// videoRows are the routes of videos themselves.
func videoRows() []row {
	list := "/api/v1/videos"
	return []row{
		route(http.MethodGet, list, all(http.StatusOK)),
		route(http.MethodGet, list+"/categories", all(http.StatusOK)),
		route(http.MethodGet, list+"/licences", all(http.StatusOK)),
		route(http.MethodGet, list+"/languages", all(http.StatusOK)),
		route(http.MethodGet, list+"/privacies", all(http.StatusOK)),
		route(http.MethodGet, videoPath, all(http.StatusOK)).with("id", theVideo),
		route(http.MethodGet, videoPath, [roles]int{401, 403, 200, 200, 200}).called("that is private").with("id", aPrivateVideo),
		route(http.MethodPut, videoPath, owners(http.StatusNoContent)).with("id", aVideo).json(`{"name":"Another name"}`),
		route(http.MethodDelete, videoPath, owners(http.StatusNoContent)).with("id", aVideo),
		route(http.MethodGet, videoPath+"/description", all(http.StatusOK)).with("id", theVideo),
	}
}

var aPrivateVideo = once("private video", pictured(func(ctx context.Context, w *world) (string, error) {
	return w.upload(ctx, "privacy", "3")
}))

// ownChannel is the first channel of whoever asks.
func ownChannel(ctx context.Context, w *world) (string, error) {
	if w.asking == administrator || w.asking == anonymous {
		return w.channelOf(ctx, "root")
	}
	return w.channelOf(ctx, w.asking.String())
}

// aSession is an upload that whoever asks has begun; nobody's for those who cannot.
func aSession(path string) value {
	return func(ctx context.Context, w *world) (string, error) {
		as := w.asking
		if as == anonymous {
			return "none", nil
		}
		channel, err := ownChannel(ctx, w)
		if err != nil {
			return "", err
		}
		film := theFilm(w)
		body := `{"filename":"film.mp4","name":"Resumed","channelId":` + channel + `}`
		answer, err := w.clients[as].Do(ctx, http.MethodPost, path, strings.NewReader(body), "Content-Type", "application/json",
			"X-Upload-Content-Length", strconv.Itoa(len(film)), "X-Upload-Content-Type", "video/mp4")
		_, id, _ := strings.Cut(answer.Header.Get("Location"), "upload_id=")
		return id, err
	}
}

// uploadRows are the routes that bring files.
func uploadRows() []row {
	const resumable = "/api/v1/videos/upload-resumable"
	return []row{
		route(http.MethodPost, "/api/v1/videos/upload", users(http.StatusOK)).with("channel", ownChannel).
			form("videofile", "film.mp4", theFilm, "name", "A film", "channelId", "{channel}"),
		route(http.MethodPost, resumable, users(http.StatusCreated)).with("channel", ownChannel).
			json(`{"filename":"film.mp4","name":"Resumed","channelId":{channel}}`).
			saying("X-Upload-Content-Length", "1000", "X-Upload-Content-Type", "video/mp4"),
		route(http.MethodPut, resumable, users(http.StatusPermanentRedirect)).asking("upload_id={upload}").with("upload", aSession(resumable)).
			saying("Content-Range", "bytes */1000", "Content-Length", "0"),
		route(http.MethodDelete, resumable, users(http.StatusNoContent)).asking("upload_id={upload}").with("upload", aSession(resumable)),
		route(http.MethodGet, videoPath+"/source", owners(http.StatusOK)).with("id", theVideo),
		route(http.MethodDelete, videoPath+"/source/file", administrators(http.StatusNoContent)).called("that is not kept").with("id", theVideo),
		route(http.MethodPost, videoPath+"/source/replace-resumable", owners(http.StatusCreated)).with("id", theVideo).
			json(`{"filename":"film.mp4"}`).saying("X-Upload-Content-Length", "1000", "X-Upload-Content-Type", "video/mp4"),
		route(http.MethodPut, videoPath+"/source/replace-resumable", users(http.StatusForbidden)).called("of an unknown upload").
			with("id", theVideo).asking("upload_id=none"),
		route(http.MethodDelete, videoPath+"/source/replace-resumable", users(http.StatusForbidden)).called("of an unknown upload").
			with("id", theVideo).asking("upload_id=none"),
	}
}

// besideRows are the routes of what stands beside a video.
func besideRows() []row {
	const vtt = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
	caption := func(*world) []byte { return []byte(vtt) }
	return []row{
		route(http.MethodGet, videoPath+"/captions", all(http.StatusOK)).with("id", theVideo),
		route(http.MethodPut, videoPath+"/captions/{captionLanguage}", owners(http.StatusNoContent)).with("id", aVideo).
			with("captionLanguage", fixed("fr")).form("captionfile", "fr.vtt", caption),
		route(http.MethodDelete, videoPath+"/captions/{captionLanguage}", owners(http.StatusNoContent)).with("id", aCaptionedVideo).
			with("captionLanguage", fixed("fr")),
		route(http.MethodGet, videoPath+"/chapters", all(http.StatusOK)).with("id", theVideo),
		route(http.MethodPut, videoPath+"/chapters", owners(http.StatusNoContent)).with("id", aVideo).
			json(`{"chapters":[{"timecode":0,"title":"Start"}]}`),
		route(http.MethodGet, videoPath+"/storyboards", all(http.StatusOK)).with("id", theVideo),
		route(http.MethodGet, videoPath+"/passwords", owners(http.StatusOK)).with("id", aGuardedVideo),
		route(http.MethodPut, videoPath+"/passwords", owners(http.StatusNoContent)).with("id", aGuardedVideo).json(`{"passwords":["opens"]}`),
		route(http.MethodDelete, videoPath+"/passwords/{passwordId}", owners(http.StatusNoContent)).with("id", aGuardedVideo).
			with("passwordId", aPassword),
		route(http.MethodPost, videoPath+"/token", users(http.StatusOK)).with("id", theVideo),
	}
}

func aCaptionedVideo(ctx context.Context, w *world) (string, error) {
	id, err := w.upload(ctx)
	if err != nil {
		return "", err
	}
	r := route(http.MethodPut, videoPath+"/captions/fr", owners(http.StatusNoContent)).with("id", fixed(id)).
		form("captionfile", "fr.vtt", func(*world) []byte { return []byte("WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n") })
	as := w.asking
	_, err = r.ask(ctx, w, owner)
	w.asking = as
	return id, err
}

// aGuardedVideo has two passwords; w.known keeps the last one, for aPassword.
func aGuardedVideo(ctx context.Context, w *world) (string, error) {
	id, err := w.upload(ctx, "privacy", "5", "videoPasswords[0]", "first word", "videoPasswords[1]", "second word")
	w.known["guarded"] = id
	return id, err
}

// aPassword is the integer of a password of the last guarded video.
func aPassword(ctx context.Context, w *world) (string, error) {
	answer, err := w.clients[owner].Do(ctx, http.MethodGet, "/api/v1/videos/"+w.known["guarded"]+"/passwords", nil)
	list, err := decode[struct {
		Data []struct {
			ID int64 `json:"id"`
		} `json:"data"`
	}](answer, err)
	if err != nil || len(list.Data) == 0 {
		return "0", err
	}
	return strconv.FormatInt(list.Data[0].ID, 10), nil
}

// fileRows are the routes of a video's files.
func fileRows() []row {
	rows := []row{
		route(http.MethodGet, videoPath+"/metadata/{videoFileId}", all(http.StatusOK)).with("id", theVideo).with("videoFileId", theFile),
		route(http.MethodGet, videoPath+"/transcoding", [roles]int{401, 403, 200, 403, 200}).with("id", theVideo),
		route(http.MethodPost, videoPath+"/transcoding", administrators(http.StatusBadRequest)).called("where it is off").with("id", theVideo).
			json(`{"transcodingType":"hls"}`),
	}
	for _, kind := range []string{"/hls", "/web-videos", "/webtorrent"} {
		rows = append(rows,
			route(http.MethodDelete, videoPath+kind, administrators(http.StatusBadRequest)).called("that nothing else could replace").
				with("id", theVideo),
			route(http.MethodDelete, videoPath+kind+"/{fileId}", administrators(http.StatusBadRequest)).called("that nothing else could replace").
				with("id", theVideo).with("fileId", theFile),
		)
	}
	return rows
}

// theFile is the integer of the shared video's file.
var theFile = once("file", func(ctx context.Context, w *world) (string, error) {
	id, err := theVideo(ctx, w)
	if err != nil {
		return "", err
	}
	answer, err := w.clients[owner].Do(ctx, http.MethodGet, "/api/v1/videos/"+id, nil)
	v, err := decode[struct {
		Files []struct {
			ID int64 `json:"id"`
		} `json:"files"`
	}](answer, err)
	if err != nil || len(v.Files) == 0 {
		return "0", err
	}
	return strconv.FormatInt(v.Files[0].ID, 10), nil
})

// viewerRows are the routes of those who watch.
func viewerRows() []row {
	rows := []row{
		route(http.MethodPut, videoPath+"/rate", users(http.StatusNoContent)).with("id", theVideo).json(`{"rating":"like"}`),
		route(http.MethodGet, videoPath+"/stats/overall", owners(http.StatusOK)).with("id", theVideo),
		route(http.MethodGet, videoPath+"/stats/retention", owners(http.StatusOK)).with("id", theVideo),
		route(http.MethodGet, videoPath+"/stats/timeseries/{metric}", owners(http.StatusOK)).with("id", theVideo).
			with("metric", fixed("viewers")),
	}
	for _, name := range []string{"/views", "/watching"} {
		for _, method := range []string{http.MethodPost, http.MethodPut} {
			rows = append(rows, route(method, videoPath+name, all(http.StatusNoContent)).with("id", theVideo).json(`{"currentTime":0}`))
		}
	}
	return rows
}
