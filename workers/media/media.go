package media

import (
	"cmp"
	"os"
	"time"
)

// Options are the few things an administrator can decide. The zero value works where ffmpeg is in the path.
type Options struct {
	// FFmpeg and FFprobe are names or paths of the programs; "ffmpeg" and "ffprobe" when empty.
	FFmpeg, FFprobe string
	// Threads of one ffmpeg run, asked before each; 0 leaves it to ffmpeg (transcoding.threads).
	Threads func() int
	// Nice is the priority of transcoding, 0 to 19; NiceVOD when 0.
	Nice int
	// ProbeTimeout bounds looking at one file; 20 s when 0. A sound file takes a fraction of a second.
	ProbeTimeout time.Duration
}

// Priorities. Storyboards and transcoding have PeerTube's (FFMPEG_NICE); the answer of an upload waits for its pictures, which take a
// fraction of a second, so they go before both.
const (
	NiceStills     = 2
	NiceStoryboard = 10
	NiceVOD        = 15
)

// Tools runs ffprobe and ffmpeg. It has no state beyond what it found out about them and may be shared.
type Tools struct {
	options  Options
	encoders encoderCache
}

// New prepares the tools; it runs nothing yet. See Detect for a check at start-up.
func New(o Options) *Tools {
	o.FFmpeg = cmp.Or(o.FFmpeg, "ffmpeg")
	o.FFprobe = cmp.Or(o.FFprobe, "ffprobe")
	o.Nice = cmp.Or(o.Nice, NiceVOD)
	if o.Threads == nil {
		o.Threads = func() int { return 0 }
	}
	o.ProbeTimeout = cmp.Or(o.ProbeTimeout, 20*time.Second)
	return &Tools{options: o}
}

// Progress receives whole per cent, rising from 0 to 100, each value once. It is called from one goroutine at a time and
// should return at once. 100 comes after the file has its final name. May be nil.
type Progress func(percent int)

func (p Progress) report(percent int) {
	if p != nil {
		p(percent)
	}
}

// childEnvironment is all of the server's environment that ffmpeg sees: never its secrets.
func childEnvironment() []string {
	env := []string{"LC_ALL=C", "AV_LOG_FORCE_NOCOLOR=1"}
	for _, name := range []string{"PATH", "LD_LIBRARY_PATH", "TMPDIR"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
}
