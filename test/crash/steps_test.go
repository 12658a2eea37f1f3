package crash_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/failpoint"
	"vidilog/test/e2e/instance"
)

// patience is how long what was acknowledged may take to be published after a restart: the promise is 60 s beyond ffmpeg's
// time, which is a second or two for this film on an idle machine.
const patience = 70 * time.Second

// armed is the environment of a server with a failpoint: "name@2" and "sleep:1s" become "name=sleep:1s@2".
func armed(point, action string) string {
	name, hit, counted := strings.Cut(point, "@")
	if counted {
		hit = "@" + hit
	}
	return failpoint.Environment + "=" + name + "=" + action + hit
}

// killing is the environment of a server that kills itself at a failpoint.
func killing(point string) string { return armed(point, "kill") }

// start starts the server, whatever the spec before has left running.
func start(environment ...string) {
	GinkgoHelper()
	Expect(house.Kill()).To(Succeed())
	Expect(house.Start(environment...)).To(Succeed())
}

// restart starts the server without failpoints and waits until it has nothing to do.
func restart(ctx context.Context) {
	GinkgoHelper()
	start()
	settle(ctx)
}

// settle waits until nothing is pending and every consumer has noted so: a consumer that had not would do it at the next
// start, when another failpoint waits for something else. Nothing may be parked.
func settle(ctx context.Context) {
	GinkgoHelper()
	Eventually(unsettled).WithContext(ctx).WithTimeout(patience).WithPolling(100*time.Millisecond).
		Should(BeEmpty(), "what is not done")
}

// unsettled says what is not done, or not noted as done.
func unsettled(ctx context.Context) (string, error) {
	if pending, err := root.Pending(ctx); err != nil || pending > 0 {
		return fmt.Sprintf("%d jobs and events", pending), err
	}
	groups, err := house.Groups(ctx)
	if err != nil {
		return "", err
	}
	head, err := house.Head(ctx)
	if err != nil {
		return "", err
	}
	for _, g := range groups {
		if g.Checkpoint != head || g.Parked > 0 {
			return fmt.Sprintf("%s is at %d of %d and has parked %d", g.Group, g.Checkpoint, head, g.Parked), nil
		}
	}
	return "", nil
}

// sent is an upload under way.
type sent struct {
	done chan struct{}
	err  error
}

// send begins an upload.
func send(ctx context.Context, name string) *sent {
	s := &sent{done: make(chan struct{})}
	go func() {
		defer close(s.done)
		_, s.err = root.Upload(ctx, film, name)
	}()
	return s
}

// half begins an upload and stops in the middle of its body; finish sends the rest.
func half(ctx context.Context, name string) (s *sent, finish func()) {
	GinkgoHelper()
	fields := []string{"name", name, "channelId", "1", "privacy", "1", "waitTranscoding", "true"}
	body, contentType, err := instance.Form(fields, "videofile", film)
	Expect(err).NotTo(HaveOccurred())
	reader, writer := io.Pipe()
	s = &sent{done: make(chan struct{})}
	go func() {
		defer close(s.done)
		_, s.err = root.Send(ctx, reader, contentType)
		_ = reader.CloseWithError(io.ErrClosedPipe) // nobody reads any more
	}()
	first := bytes.NewReader(body.Next(body.Len() / 2))
	_, err = io.Copy(writer, first)
	Expect(err).NotTo(HaveOccurred())
	return s, func() {
		_, _ = io.Copy(writer, body) // fails when the server has gone, which is what some specs are about
		_ = writer.Close()
	}
}

// isAcknowledged waits for the upload's answer and says whether it was 200.
func (s *sent) isAcknowledged() bool {
	GinkgoHelper()
	Eventually(s.done).WithTimeout(time.Minute).Should(BeClosed(), "the upload ends")
	return s.err == nil
}

// killedByItself waits until the failpoint has killed the server. A failpoint that is never hit would prove nothing.
func killedByItself() {
	GinkgoHelper()
	Eventually(house.Ended()).WithTimeout(time.Minute).Should(BeClosed(), "the failpoint is hit")
	Expect(house.WasKilled()).To(BeTrue(), "the server ended in another way than by its failpoint")
	Eventually(ffmpegs).WithTimeout(5*time.Second).Should(BeEmpty(), "ffmpeg ends with the server")
}

// dies sends a request and waits until the failpoint that it leads to has killed the server. It answers whether the client was told
// that all is well before.
func dies(answer instance.Answer, err error) (acknowledged bool) {
	GinkgoHelper()
	killedByItself()
	if err == nil {
		Expect(answer.Status).To(BeElementOf(http.StatusOK, http.StatusNoContent), "%s", answer.Body)
	}
	return err == nil
}

// diesRecovering starts the server with a failpoint that what is left to do leads to, perhaps before it serves anybody.
func diesRecovering(environment ...string) {
	GinkgoHelper()
	Expect(house.Kill()).To(Succeed())
	if err := house.Start(environment...); err != nil {
		Expect(house.WasKilled()).To(BeTrue(), "%v", err)
	}
	killedByItself()
}

// call sends JSON as a person.
func call(ctx context.Context, who *instance.Client, method, path, body string) (instance.Answer, error) {
	return who.Do(ctx, method, path, strings.NewReader(body), "Content-Type", "application/json")
}

// expectCall is call where nothing is to go wrong.
func expectCall(ctx context.Context, who *instance.Client, method, path, body string) instance.Answer {
	GinkgoHelper()
	answer, err := call(ctx, who, method, path, body)
	Expect(err).NotTo(HaveOccurred())
	Expect(answer.Status).To(BeElementOf(http.StatusOK, http.StatusNoContent), "%s", answer.Body)
	return answer
}

// publish uploads a film and waits until everything that follows is done.
func publish(ctx context.Context, name string) instance.Video {
	GinkgoHelper()
	Expect(send(ctx, name).isAcknowledged()).To(BeTrue())
	settle(ctx)
	expectVideo(ctx, name, true)
	v, err := root.Video(ctx, find(ctx, name).UUID)
	Expect(err).NotTo(HaveOccurred())
	return v
}

// killDatabase kills the postmaster; the server must go on and start another.
func killDatabase() {
	GinkgoHelper()
	postmaster := house.Postmaster()
	Expect(postmaster).NotTo(BeZero())
	Expect(syscall.Kill(postmaster, syscall.SIGKILL)).To(Succeed())
	DeferCleanup(func() {
		Expect(house.Postmaster()).NotTo(Equal(postmaster), "another PostgreSQL runs")
	})
}

func ffmpegs() []instance.Process {
	var list []instance.Process
	for _, p := range house.Processes() {
		if strings.Contains(p.Command, "ffmpeg") {
			list = append(list, p)
		}
	}
	return list
}

// find answers the video of this name as the API lists it.
func find(ctx context.Context, name string) instance.Video {
	GinkgoHelper()
	found := named(ctx, name)
	Expect(found).To(HaveLen(1), "videos called %q", name)
	return found[0]
}

func named(ctx context.Context, name string) []instance.Video {
	GinkgoHelper()
	videos, err := root.Mine(ctx)
	Expect(err).NotTo(HaveOccurred())
	var found []instance.Video
	for _, v := range videos {
		if v.Name == name {
			found = append(found, v)
		}
	}
	return found
}

// events are those of a type that a video's upload has set in motion.
func events(ctx context.Context, uuid, kind string) ([]instance.Event, error) {
	all, err := house.Events(ctx, "video-"+uuid)
	var found []instance.Event
	for _, e := range all {
		if e.Type == kind {
			found = append(found, e)
		}
	}
	return found, err
}
