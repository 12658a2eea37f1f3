package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// ownVideos are as many as clients write at once, one each.
const ownVideos = 8

const (
	// knownVideos bounds the ids that single videos are asked for by, anyVideos those that are meant to be more than caches hold.
	knownVideos = 500
	anyVideos   = 5_000
)

// settleWithin is the time that transcoding, and the following up of a seeded log, get before the measurements.
const settleWithin = 10 * time.Minute

// stage is what the measurements need to stand.
type stage struct {
	*instance
	total   int64
	channel int64
	ids     []int64
	uuids   []string // of the same videos
	others  []listed // more of them
	own     []string // uuids of short videos of ours
	film    string   // path of a web video
	bytes   int64    // its size
	short   []byte   // a short film to upload
}

// listed is a video as lists show it.
type listed struct {
	ID   int64  `json:"id"`
	UUID string `json:"uuid"`
}

// withoutUploads are the kinds that are asked of the videos that stand already.
var withoutUploads = []string{"list", "video", "video-any", "filter", "search", "activitypub", "activitypub-one", "view"}

// needsUploads says that something is chosen for which there must be films of our own.
func (o options) needsUploads() bool {
	if o.Only == "" {
		return true
	}
	for name := range strings.SplitSeq(o.Only, ",") {
		if !slices.Contains(withoutUploads, strings.TrimSpace(name)) {
			return true
		}
	}
	return false
}

// prepare logs in, uploads what will be read and written, and waits until the instance rests.
func prepare(ctx context.Context, i *instance, o options) (*stage, error) {
	s := &stage{instance: i}
	if err := i.login(ctx, o.User, o.Password); err != nil {
		return nil, err
	}
	var me struct {
		Channels []struct {
			ID int64 `json:"id"`
		} `json:"videoChannels"`
	}
	if err := i.get(ctx, "/api/v1/users/me", &me); err != nil {
		return nil, err
	}
	if len(me.Channels) == 0 {
		return nil, fmt.Errorf("%s has no channel to upload to", o.User)
	}
	s.channel = me.Channels[0].ID
	if err := s.settle(ctx); err != nil {
		return nil, err
	}
	if o.needsUploads() {
		if err := s.uploads(ctx); err != nil {
			return nil, err
		}
	}
	return s, s.know(ctx)
}

// uploads brings a film of some megabytes for range requests and short ones for writes.
func (s *stage) uploads(ctx context.Context) error {
	film, err := makeFilm(ctx, "testsrc2=size=640x480:rate=25:duration=20", "12")
	if err != nil {
		return err
	}
	if s.short, err = makeFilm(ctx, "testsrc=size=320x240:rate=25:duration=2", "23"); err != nil {
		return err
	}
	uuid, err := s.upload(ctx, film, "Bench film")
	if err != nil {
		return err
	}
	for n := range ownVideos {
		own, err := s.upload(ctx, s.short, fmt.Sprintf("Bench short %d", n+1))
		if err != nil {
			return err
		}
		s.own = append(s.own, own)
	}
	if err := s.settle(ctx); err != nil {
		return err
	}
	return s.findFilm(ctx, uuid)
}

// makeFilm makes a test picture with sound, as fragmented mp4, which ffmpeg can write to a pipe.
func makeFilm(ctx context.Context, picture, quality string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine",
		"-shortest", "-c:v", "libx264", "-preset", "ultrafast", "-crf", quality, "-pix_fmt", "yuv420p", "-c:a", "aac",
		"-movflags", "frag_keyframe+empty_moov", "-f", "mp4", "pipe:1")
	film, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("make a film with ffmpeg: %w", err)
	}
	return film, nil
}

func (s *stage) upload(ctx context.Context, film []byte, name string) (uuid string, err error) {
	body, contentType, err := uploadBody(film, name, s.channel)
	if err != nil {
		return "", err
	}
	var made struct {
		Video listed `json:"video"`
	}
	err = s.ask(ctx, http.MethodPost, "/api/v1/videos/upload", body, contentType, &made)
	return made.Video.UUID, err
}

// settle waits until no job waits or runs and nothing that was recorded has yet to be followed up.
func (s *stage) settle(ctx context.Context) error {
	waiting, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	for {
		left, err := s.unfinished(waiting)
		if err != nil {
			return fmt.Errorf("wait for the instance to rest: %w", err)
		}
		if left == 0 {
			return nil
		}
		select {
		case <-waiting.Done():
			return fmt.Errorf("the instance still has %d things to do after %s", left, settleWithin)
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// unfinished counts what is left to do. Jobs that run by the clock are always there and do not count.
func (s *stage) unfinished(ctx context.Context) (left int64, err error) {
	for _, state := range []string{"waiting", "active", "delayed", "waiting-children"} {
		var jobs struct {
			Data []struct {
				Type string `json:"type"`
			} `json:"data"`
		}
		if err := s.get(ctx, "/api/v1/jobs/"+state+"?start=0&count=10", &jobs); err != nil {
			return 0, err
		}
		for _, job := range jobs.Data {
			if job.Type != "videos-views-stats" && job.Type != "activitypub-cleaner" {
				left++
			}
		}
	}
	var debug struct {
		Waiting int64 `json:"activityPubMessagesWaiting"`
	}
	err = s.get(ctx, "/api/v1/server/debug", &debug)
	return left + debug.Waiting, err
}

// findFilm looks up the address of the film's largest web video.
func (s *stage) findFilm(ctx context.Context, uuid string) error {
	var video struct {
		Files []struct {
			URL  string `json:"fileUrl"`
			Size int64  `json:"size"`
		} `json:"files"`
	}
	if err := s.get(ctx, "/api/v1/videos/"+uuid, &video); err != nil {
		return err
	}
	for _, file := range video.Files {
		if file.Size <= s.bytes {
			continue
		}
		path, err := pathOf(file.URL)
		if err != nil {
			return err
		}
		s.film, s.bytes = path, file.Size
	}
	if s.bytes < rangeBytes {
		return errors.New("the film has no web video of the size that range requests need; is transcoding to web videos on?")
	}
	return nil
}

// know collects ids to ask for.
func (s *stage) know(ctx context.Context) error {
	for start := 0; start < anyVideos; start += 100 {
		var page struct {
			Total int64    `json:"total"`
			Data  []listed `json:"data"`
		}
		if err := s.get(ctx, fmt.Sprintf("/api/v1/videos?count=100&start=%d&sort=-publishedAt", start), &page); err != nil {
			return err
		}
		s.total = page.Total
		s.others = append(s.others, page.Data...)
		if len(page.Data) < 100 {
			break
		}
	}
	if len(s.others) == 0 {
		return errors.New("the instance lists no video")
	}
	for _, v := range s.others[:min(knownVideos, len(s.others))] {
		s.ids, s.uuids = append(s.ids, v.ID), append(s.uuids, v.UUID)
	}
	return nil
}
