package crash_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
)

// profile is what somebody sees of themselves.
type profile struct {
	ID      int64
	Account struct {
		Avatars []struct{ Path string }
	}
	VideoChannels []struct{ ID int64 }
}

func profileOf(ctx context.Context, who *instance.Client) (p profile) {
	GinkgoHelper()
	Expect(who.Get(ctx, "/api/v1/users/me", &p)).To(Succeed())
	return p
}

// join makes a person and answers their client.
func join(ctx context.Context, username, email string) *instance.Client {
	GinkgoHelper()
	expectCall(ctx, root, http.MethodPost, "/api/v1/users", fmt.Sprintf(
		`{"username":%q,"password":"correct horse battery","email":%q,"videoQuota":-1,"videoQuotaDaily":-1,"role":2}`, username, email))
	who, err := house.LogInAs(ctx, username, "correct horse battery")
	Expect(err).NotTo(HaveOccurred())
	return who
}

var _ = Describe("The picture of an account", func() {
	It("is the old one or the new one, whole, wherever the server is killed", func(ctx SpecContext) {
		start()
		ada := join(ctx, "ada", "ada@example.org")
		var picture bytes.Buffer
		Expect(png.Encode(&picture, image.NewNRGBA(image.Rect(0, 0, 16, 16)))).To(Succeed())
		path := filepath.Join(filepath.Dir(house.Data), "picture.png")
		Expect(os.WriteFile(path, picture.Bytes(), 0o600)).To(Succeed())
		pick := func() (instance.Answer, error) {
			body, contentType, err := instance.Form(nil, "avatarfile", path)
			Expect(err).NotTo(HaveOccurred())
			return ada.Do(ctx, http.MethodPost, "/api/v1/users/me/avatar/pick", body, "Content-Type", contentType)
		}
		expectPictures := func(count int) []string {
			GinkgoHelper()
			var paths []string
			for _, a := range profileOf(ctx, ada).Account.Avatars {
				Expect(ada.Do(ctx, http.MethodHead, a.Path, nil)).To(HaveField("Status", http.StatusOK), a.Path)
				paths = append(paths, a.Path)
			}
			Expect(paths).To(HaveLen(count))
			return paths
		}
		for _, point := range []string{"images.written", "append.before-commit@2"} {
			By(point + ": nothing is recorded")
			start(killing(point))
			expectPictures(0)
			Expect(dies(pick())).To(BeFalse())
		}
		By("append.after-commit@2: the first picture is recorded")
		start(killing("append.after-commit@2"))
		Expect(dies(pick())).To(BeFalse())
		By("storage.before-remove@2: the second has taken its place, and the first one goes")
		start(killing("storage.before-remove@2"))
		first := expectPictures(4)
		dies(pick())

		restart(ctx)
		Expect(expectPictures(4)).NotTo(ContainElements(first))
		for _, path := range first {
			Expect(ada.Do(ctx, http.MethodHead, path, nil)).To(HaveField("Status", http.StatusNotFound), path)
		}
		expectOrder(ctx)
		expectNothingLeftToDo(ctx)
	}, SpecTimeout(4*time.Minute))
})

var _ = Describe("A person who is deleted", func() {
	It("is there or gone with everything, and what was personal cannot be read, wherever the server is killed", func(ctx SpecContext) {
		const name, address = "a film of somebody who leaves", "mortal@example.org"
		start()
		mortal := join(ctx, "mortal", address)
		me := profileOf(ctx, mortal)
		v, err := mortal.Upload(ctx, film, name, "channelId", fmt.Sprint(me.VideoChannels[0].ID))
		Expect(err).NotTo(HaveOccurred())
		settle(ctx)
		Expect(mortal.Complete(ctx, v.UUID)).To(Succeed())
		story := storyOfOwner(ctx, v)
		Expect(story(ctx)).To(ContainSubstring(address), "this is where it is")

		By("append.before-commit@2: nothing is recorded")
		start(killing("append.before-commit@2"))
		leave := fmt.Sprintf("/api/v1/users/%d", me.ID)
		Expect(dies(call(ctx, root, http.MethodDelete, leave, ""))).To(BeFalse())
		By("append.after-commit@2: the deletion is recorded, the videos are still there")
		start(killing("append.after-commit@2"))
		Expect(profileOf(ctx, mortal)).To(Equal(me))
		Expect(mortal.Complete(ctx, v.UUID)).To(Succeed())
		Expect(dies(call(ctx, root, http.MethodDelete, leave, ""))).To(BeFalse())
		By("effects.key-destroyed: the key of the person is destroyed, no event says so")
		diesRecovering(killing("effects.key-destroyed"))

		restart(ctx)
		Expect(mortal.Do(ctx, http.MethodGet, "/api/v1/users/me", nil)).To(HaveField("Status", http.StatusUnauthorized))
		_, err = house.LogInAs(ctx, "mortal", "correct horse battery")
		Expect(err).To(MatchError(ContainSubstring("400")))
		Expect(root.Do(ctx, http.MethodGet, "/api/v1/videos/"+v.UUID, nil)).To(HaveField("Status", http.StatusNotFound))
		text := story(ctx)
		Expect(text).NotTo(ContainSubstring(address))
		Expect(text).To(ContainSubstring("user.erased"))
		expectDisk(house.CheckFiles(ctx))
		expectNothingLeftToDo(ctx)
	}, SpecTimeout(4*time.Minute))
})

// storyOfOwner answers what the log tells of a video's owner, as people read it.
func storyOfOwner(ctx context.Context, v instance.Video) func(context.Context) string {
	GinkgoHelper()
	uploaded, err := events(ctx, v.UUID, "video.uploaded")
	Expect(err).NotTo(HaveOccurred())
	Expect(uploaded).To(HaveLen(1))
	var payload struct {
		OwnerID string `json:"ownerId"`
	}
	Expect(json.Unmarshal(uploaded[0].Payload, &payload)).To(Succeed())
	return func(ctx context.Context) string {
		GinkgoHelper()
		text, err := house.Run(ctx, "events", "show", "--json", "--stream", "user-"+payload.OwnerID)
		Expect(err).NotTo(HaveOccurred())
		return text
	}
}
