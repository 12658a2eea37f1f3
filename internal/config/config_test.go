package config_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/internal/config"
)

func TestConfig(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "config")
}

// environment is a look-up that knows these variables and no other.
func environment(pairs ...string) func(string) (string, bool) {
	values := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return func(name string) (string, bool) {
		value, ok := values[name]
		return value, ok
	}
}

func files(contents map[string]string) string {
	dir := GinkgoT().TempDir()
	for name, content := range contents {
		Expect(os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600)).To(Succeed())
	}
	return dir
}

func load(sources config.Sources) *config.Config {
	GinkgoHelper()
	if sources.Lookup == nil {
		sources.Lookup = environment()
	}
	loaded, warnings, err := config.Load(sources)
	Expect(err).NotTo(HaveOccurred())
	Expect(warnings).To(BeEmpty())
	return loaded
}

func failure(content string) error {
	GinkgoHelper()
	dir := files(map[string]string{"my.yaml": content})
	_, _, err := config.Load(config.Sources{Lookup: environment(), Files: []string{filepath.Join(dir, "my.yaml")}})
	Expect(err).To(HaveOccurred())
	return err
}

var _ = Describe("Without any file", func() {
	It("makes a useful instance", func() {
		c := load(config.Sources{})
		Expect(c.Transcoding.Enabled).To(BeTrue())
		Expect(c.Transcoding.WebVideos.Enabled).To(BeTrue())
		Expect(c.Transcoding.HLS.Enabled).To(BeTrue())
		Expect(c.Transcoding.Resolutions.Enabled()).To(Equal([]int{240, 480, 720, 1080}))
		Expect(c.Database.IsConfigured()).To(BeFalse())
		Expect(c.Redis.IsConfigured()).To(BeFalse())
		Expect(c.SMTP.IsConfigured()).To(BeFalse())
		Expect(c.RatesLimit.API).To(Equal(config.RateLimit{Window: 10 * time.Second, Max: 50}))
		Expect(c.OAuth2.TokenLifetime.AccessToken).To(Equal(24 * time.Hour))
		Expect(c.User.VideoQuota).To(Equal(config.Bytes(config.Unlimited)))
		Expect(c.Webserver.URL()).To(Equal("http://localhost:9000"))
		Expect(c.TrustProxy).To(Equal([]string{"loopback"}))
		Expect(c.Constants).To(Equal(config.ProductionConstants()))
	})

	It("has all that the form of PeerTube's administrators demands", func() {
		c := load(config.Sources{})
		Expect([]string{c.Instance.Name, c.Services.Twitter.Username, c.Admin.Email}).NotTo(ContainElement(""))
		Expect([]int{
			c.Signup.MinimumAge, c.Transcoding.Concurrency, c.Import.Videos.Concurrency, c.VideoChannels.MaxPerUser,
			int(c.Export.Users.MaxUserVideoQuota), int(c.Export.Users.ExportExpiration),
			c.Cache.Previews.Size, c.Cache.Captions.Size, c.Cache.Torrents.Size, c.Cache.Storyboards.Size,
		}).To(HaveEach(BeNumerically(">=", 1)))
		Expect([]int{c.Signup.Limit, c.Live.MaxInstanceLives, c.Live.MaxUserLives, int(c.Live.MaxDuration)}).To(HaveEach(BeNumerically(">=", -1)))
	})

	It("connects to the database that is named, whatever is in the password", func() {
		c := load(config.Sources{Lookup: environment("NODE_CONFIG", `{"database":{"hostname":"db.example","suffix":"_test1","username":"pt","password":"p@s/s: w"}}`)})
		parsed, err := pgx.ParseConfig(c.Database.DSN())
		Expect(err).NotTo(HaveOccurred())
		Expect(parsed.Host).To(Equal("db.example"))
		Expect(parsed.Port).To(Equal(uint16(5432)))
		Expect(parsed.Database).To(Equal("peertube_test1"))
		Expect(parsed.Password).To(Equal("p@s/s: w"))
		Expect(parsed.TLSConfig).To(BeNil())
		socket := config.Database{Hostname: "/run/postgresql", Port: 5433, Name: "v", Username: "u", SSL: true}
		parsed, err = pgx.ParseConfig(socket.DSN())
		Expect(err).NotTo(HaveOccurred())
		Expect(parsed.Host).To(Equal("/run/postgresql"))
	})

	It("keeps all files below the data folder", func() {
		c := load(config.Sources{Data: "/srv/vidilog", Listen: ":8080"})
		Expect(c.Vidilog.Data).To(Equal("/srv/vidilog"))
		Expect(c.Storage.WebVideos).To(Equal("/srv/vidilog/web-videos"))
		Expect(c.Storage.TmpPersistent).To(Equal("/srv/vidilog/tmp-persistent"))
		Expect(c.Listen).To(Equal(config.Listen{Hostname: "", Port: 8080}))
		Expect(c.Webserver.Port).To(Equal(8080))
	})
})

var _ = Describe("The layers", func() {
	It("follow node-config: default, environment, instance, local, --config, NODE_CONFIG, mapped variables, flags", func() {
		// Each layer sets its own resolution limit and all later ones; the last that sets a key wins.
		names := []string{
			"default.yaml", "default-3.yaml", "prod.yaml", "prod-3.yaml", "host1.yaml", "local.json", "local.yaml", "local-3.yaml", "local-prod.yaml", "local-prod-3.json",
		}
		contents := map[string]string{"custom-environment-variables.yaml": "instance: {description: 'MY_DESCRIPTION'}\nfeeds: {videos: {count: {__name: MY_COUNT, __format: json}}}\n"}
		keys := []string{"name", "short_description", "terms", "code_of_conduct", "moderation_information", "creation_reason", "administrator", "maintenance_lifetime", "business_model", "hardware_information"}
		for i, name := range names {
			values := map[string]string{}
			for _, key := range keys[i:] {
				values[key] = name
			}
			content, err := json.Marshal(map[string]any{"instance": values})
			Expect(err).NotTo(HaveOccurred())
			contents[name] = string(content)
		}
		extra := files(map[string]string{"extra.yaml": "feeds: {comments: {count: 9}}\nlisten: {port: 1111}\n"})
		c := load(config.Sources{
			Lookup: environment("NODE_CONFIG_DIR", files(contents), "NODE_ENV", "prod", "NODE_APP_INSTANCE", "3", "HOSTNAME", "host1",
				"NODE_CONFIG", `{"instance":{"description":"from NODE_CONFIG","default_client_route":"/a"},"feeds":{"comments":{"count":8}}}`,
				"MY_DESCRIPTION", "from variable", "MY_COUNT", "7"),
			Files:  []string{filepath.Join(extra, "extra.yaml")},
			Listen: "127.0.0.1:2222",
		})
		i := c.Instance
		Expect([]string{i.Name, i.ShortDescription, i.Terms, i.CodeOfConduct, i.ModerationInformation, i.CreationReason, i.Administrator, i.MaintenanceLifetime, i.BusinessModel, i.HardwareInformation}).To(Equal(names))
		Expect(i.Description).To(Equal("from variable"))
		Expect(i.DefaultClientRoute).To(Equal("/a"))
		Expect(c.Feeds.Videos.Count).To(Equal(7))
		Expect(c.Feeds.Comments.Count).To(Equal(8))
		Expect(c.Listen.Port).To(Equal(2222))
		Expect(c.Environment).To(Equal("prod"))
		Expect(c.CustomFile).To(HaveSuffix("local-prod-3.json"))
		Expect(c.Files).To(HaveLen(len(names) + 1))
	})

	It("have the changes of an administrator over all files and under the environment", func() {
		dir := files(map[string]string{
			"default.yaml":    "instance: {name: File, terms: File, description: File}\n",
			"local-prod.json": `{"instance": {"name": "PeerTube's changes", "terms": "PeerTube's changes"}}`,
			"extra.yaml":      "instance: {description: Extra, code_of_conduct: Extra}\n",
		})
		sources := config.Sources{
			Lookup: environment("NODE_CONFIG_DIR", dir, "NODE_ENV", "prod", "NODE_CONFIG", `{"instance":{"code_of_conduct":"environment"}}`),
			Files:  []string{filepath.Join(dir, "extra.yaml")},
		}
		texts := func() []string {
			i := load(sources).Instance
			return []string{i.Name, i.Terms, i.Description, i.CodeOfConduct}
		}
		Expect(texts()).To(Equal([]string{"PeerTube's changes", "PeerTube's changes", "Extra", "environment"}))
		sources.Changes = []byte(`{"instance":{"name":"Changed","description":"Changed","code_of_conduct":"Changed"}}`)
		Expect(texts()).To(Equal([]string{"Changed", "File", "Changed", "environment"}))
		sources.Changes = []byte(`{}`)
		Expect(texts()).To(Equal([]string{"File", "File", "Extra", "environment"}))
	})

	It("merge sections deeply, replace lists and let null empty a value", func() {
		dir := files(map[string]string{
			"default.yaml": "trust_proxy: [loopback, 10.0.0.0/8]\ninstance: {name: One, languages: [fr, en]}\nviews: {videos: {watching_interval: {users: '5 seconds'}}}\n",
			"local.yaml":   "trust_proxy: [linklocal]\ninstance: {terms: Two, languages: null}\nviews: {videos: {watching_interval: {users: null}}}\n",
		})
		c := load(config.Sources{Lookup: environment("NODE_CONFIG_DIR", dir)})
		Expect(c.TrustProxy).To(Equal([]string{"linklocal"}))
		Expect(c.Instance.Name).To(Equal("One"))
		Expect(c.Instance.Terms).To(Equal("Two"))
		Expect(c.Instance.Languages).To(BeEmpty())
		Expect(c.Views.Videos.WatchingInterval.Users).To(BeZero())
		Expect(c.Views.Videos.WatchingInterval.Anonymous).To(Equal(5 * time.Second))
	})
})

var _ = Describe("A wrong value", func() {
	DescribeTable("stops the start with key, file, line and what would be right",
		func(content, key, reason string) {
			Expect(failure(content)).To(MatchError(And(ContainSubstring(key), MatchRegexp(`my\.yaml:\d+\)`), ContainSubstring(reason))))
		},
		Entry("a word for a number", "listen:\n  port: http", "listen.port (", `has "http", must be a whole number`),
		Entry("a number out of range", "listen: {port: 70000}", "listen.port (", "has 70000, must be at most 65535"),
		Entry("no worker", "transcoding: {concurrency: 0}", "transcoding.concurrency (", "must be at least 1"),
		Entry("a number for a switch", "live: {enabled: 1}", "live.enabled (", "must be true or false"),
		Entry("an unknown word", "instance: {default_nsfw_policy: hide}", "instance.default_nsfw_policy (", "must be one of do_not_list, blur, display"),
		Entry("a bad duration", "rates_limit: {api: {window: soon}}", "rates_limit.api.window (", `"5 minutes"`),
		Entry("a bad size", "user: {video_quota: many}", "user.video_quota (", `"5MB"`),
		Entry("a text for a section", "transcoding: 'on'", "transcoding (", "must be a section"),
		Entry("a section for a text", "instance: {name: {a: b}}", "instance.name (", "must be a text"),
		Entry("an element of a list", "redundancy: {videos: {strategies: [{strategy: best, size: 1GB, min_lifetime: 1 day}]}}", "redundancy.videos.strategies[0].strategy (", "most-views"),
		Entry("transcoding to nothing", "transcoding: {enabled: true, web_videos: {enabled: false}, hls: {enabled: false}}", "transcoding.enabled (", "needs transcoding.web_videos.enabled"),
		Entry("no database at all", "vidilog: {embedded: {postgres: false}}", "vidilog.embedded.postgres (", "database.hostname must name"),
		Entry("two stores in one place", "object_storage: {enabled: true, web_videos: {bucket_name: a}, streaming_playlists: {bucket_name: a}}", "object_storage.streaming_playlists.bucket_name (", "one of them must differ"),
	)

	It("is shown with all others", func() {
		Expect(failure("listen: {port: x}\nlive: {enabled: y}\n")).To(MatchError(And(ContainSubstring("my.yaml:1"), ContainSubstring("my.yaml:2"))))
	})

	It("names file and line of broken YAML and JSON", func() {
		Expect(failure("listen:\n\tport: 1\n")).To(MatchError(And(ContainSubstring("my.yaml"), ContainSubstring("line 2"))))
		_, _, err := config.Load(config.Sources{Lookup: environment("NODE_CONFIG", "{bad")})
		Expect(err).To(MatchError(ContainSubstring("NODE_CONFIG is not valid JSON")))
		_, _, err = config.Load(config.Sources{Lookup: environment(), Listen: "9000"})
		Expect(err).To(MatchError(ContainSubstring("must be host:port")))
		_, _, err = config.Load(config.Sources{Lookup: environment(), Files: []string{"/nonexistent/my.yaml"}})
		Expect(err).To(MatchError(ContainSubstring("/nonexistent/my.yaml")))
	})
})

var _ = Describe("An unknown key", func() {
	It("warns once, with its place", func() {
		dir := files(map[string]string{"my.yaml": "instance:\n  colour: red\ntranscoding: {webtorrent: {enabled: true}}\n"})
		_, warnings, err := config.Load(config.Sources{Lookup: environment(), Files: []string{filepath.Join(dir, "my.yaml")}})
		Expect(err).NotTo(HaveOccurred())
		Expect(warnings).To(ConsistOf(
			ContainSubstring("instance.colour ("+dir+"/my.yaml:2)"),
			ContainSubstring("is now called transcoding.web_videos"),
		))
	})
})

var _ = Describe("NonSecret", func() {
	It("holds the instance's settings, and no secret and no detail of the node", func() {
		c := load(config.Sources{Lookup: environment("NODE_CONFIG",
			`{"database":{"password":"hush1"},"smtp":{"password":"hush2"},"redis":{"auth":"hush3"},"secrets":{"peertube":"hush4"},
			  "object_storage":{"credentials":{"secret_access_key":"hush5"}},"user":{"video_quota":"5MB"}}`)})
		encoded, err := json.Marshal(c.NonSecret())
		Expect(err).NotTo(HaveOccurred())
		Expect(string(encoded)).NotTo(ContainSubstring("hush"))
		tree := c.NonSecret()
		for _, section := range []string{"database", "redis", "storage", "listen", "secrets", "vidilog", "smtp"} {
			Expect(tree).NotTo(HaveKey(section))
		}
		Expect(tree["user"]).To(HaveKeyWithValue("video_quota", int64(5<<20)))
		Expect(tree["transcoding"]).To(HaveKeyWithValue("enabled", true))
		Expect(tree["oauth2"]).To(HaveKeyWithValue("token_lifetime", HaveKeyWithValue("access_token", int64(86_400_000))))
		Expect(tree["history"]).To(HaveKeyWithValue("videos", HaveKeyWithValue("max_age", int64(-1))))
	})
})

var _ = Describe("Values", func() {
	DescribeTable("durations", func(text string, wanted time.Duration) {
		Expect(config.ParseDuration(text)).To(Equal(wanted))
	},
		Entry(nil, "1500", 1500*time.Millisecond), Entry(nil, "1 day", 24*time.Hour), Entry(nil, "2 weeks", 14*24*time.Hour),
		Entry(nil, "5minutes", 5*time.Minute), Entry(nil, "1.5 hours", 90*time.Minute), Entry(nil, "300 ms", 300*time.Millisecond),
		Entry(nil, "-1", time.Duration(config.Unlimited)), Entry(nil, "1 Month", 30*24*time.Hour), Entry(nil, "0", time.Duration(0)),
	)
	DescribeTable("sizes", func(text string, wanted int64) {
		Expect(config.ParseBytes(text)).To(Equal(config.Bytes(wanted)))
	},
		Entry(nil, "5242880", int64(5<<20)), Entry(nil, "5MB", int64(5<<20)), Entry(nil, "1TB 2GB 3MB", int64(1<<40+2<<30+3<<20)),
		Entry(nil, "10 GB", int64(10<<30)), Entry(nil, "-1", int64(-1)), Entry(nil, "100KB", int64(100<<10)),
	)
	DescribeTable("nonsense", func(text string) {
		_, durationError := config.ParseDuration(text)
		_, sizeError := config.ParseBytes(text)
		Expect(durationError).To(HaveOccurred())
		Expect(sizeError).To(HaveOccurred())
	}, Entry(nil, ""), Entry(nil, "many"), Entry(nil, "5 parsecs"), Entry(nil, "NaN"), Entry(nil, "1e300"))
})

var _ = Describe("PeerTube's own files", func() {
	It("are understood without a warning and select its test constants", func() {
		root := os.Getenv("PEERTUBE_DIR")
		if root == "" {
			Skip("PEERTUBE_DIR is not set")
		}
		c, warnings, err := config.Load(config.Sources{Lookup: environment(
			"NODE_CONFIG_DIR", filepath.Join(root, "config"), "NODE_ENV", "test", "NODE_APP_INSTANCE", "1",
			"NODE_CONFIG", `{"rates_limit":{"api":{"max":5000}}}`)})
		Expect(err).NotTo(HaveOccurred())
		Expect(warnings).To(BeEmpty())
		Expect(c.Database.DatabaseName()).To(Equal("peertube_test1"))
		Expect(c.Database.IsConfigured()).To(BeTrue())
		Expect(c.Webserver.URL()).To(Equal("http://127.0.0.1:9001"))
		Expect(c.Listen.Port).To(Equal(9001))
		Expect(c.User.VideoQuota).To(Equal(config.Bytes(5 << 20)))
		Expect(c.Signup.Limit).To(Equal(4))
		Expect(c.Transcoding.Enabled).To(BeFalse())
		Expect(c.Storage.WebVideos).To(HaveSuffix("/test1/web-videos"))
		Expect(c.Vidilog.Data).To(HaveSuffix("/test1"))
		Expect(c.RatesLimit.API).To(Equal(config.RateLimit{Window: 10 * time.Second, Max: 5000}))
		Expect(c.Redundancy.Videos.Strategies).To(HaveLen(3))
		Expect(c.IsTest()).To(BeTrue())
		Expect(c.Constants.CollectionPageSize).To(Equal(2))
		Expect(c.Constants.ThumbnailMaxSize).To(Equal(config.Bytes(400 << 10)))
		Expect(c.Vidilog.ShutdownGrace).To(Equal(time.Second))
		Expect(strings.HasSuffix(c.CustomFile, "local-test-1.json")).To(BeTrue())
	})
})
