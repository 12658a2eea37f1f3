package catalog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"vidilog/domain/kernel"
)

// Abuse is everything that is shown of a report.
type Abuse struct {
	ID         kernel.AbuseID
	Number     int64
	ReporterID kernel.UserID
	Reason     string
	// PredefinedReasons are by PeerTube's names.
	PredefinedReasons []string
	State             int // PeerTube's numbers
	// Note is the moderators' own, nil for none.
	Note                 *string
	CreatedAt, UpdatedAt time.Time
	// Video and Comment are nil for a report of something else.
	Video   *AbusedVideo
	Comment *AbusedComment
	// Reporter and Flagged are nil once these accounts are gone.
	Reporter, Flagged *Account
	// Messages about it; OfReporter and OfReportee are all reports of the same reporter, and about the same account.
	Messages, OfReporter, OfReportee int64

	reporter, flagged uuid.UUID
}

// AbusedVideo is a video that was reported, as it is now or, once it is gone, as it was then.
type AbusedVideo struct {
	ID      kernel.VideoID
	Number  int64
	Name    string
	NSFW    bool
	Deleted bool
	// StartAt and EndAt are seconds, nil for not said.
	StartAt, EndAt *int
	// Thumbnail is a file name, empty where there is none.
	Thumbnail string
	// Channel has no more than id, number, handle and name once it is gone; its times are then those of the report.
	Channel Channel
	// Reports of the video, and which of them this one is, from 1.
	Reports, Nth int64
}

// AbusedComment is a comment that was reported. It is shown as deleted once its video is gone, too: PeerTube shows nothing then.
type AbusedComment struct {
	// Number is the comment's, Thread that of the comment which begins its thread.
	Number, Thread int64
	// Text is empty once it is deleted.
	Text    string
	Deleted bool
	// The video below which it stands, or stood.
	VideoID     kernel.VideoID
	VideoNumber int64
	VideoName   string
}

// AbuseMessage is one message about a report.
type AbuseMessage struct {
	Number      int64
	ByModerator bool
	Message     string
	CreatedAt   time.Time
	// Account is nil once it is gone.
	Account *Account

	account uuid.UUID
}

// AbuseKey says which report a number means, and whose it is.
type AbuseKey struct {
	ID         kernel.AbuseID
	Number     int64
	ReporterID kernel.UserID
}

// AbuseCounts are the reports that have to do with an account: about it or what is its own, those of them that moderators accepted,
// and those that it made.
type AbuseCounts struct{ Flagged, Accepted, Created int64 }

// AbuseTotals are the reports of the instance.
type AbuseTotals struct {
	Total, Processed int64
	// ResponseMilliseconds is how long those of the last three months took on average, nil for none.
	ResponseMilliseconds *float64
}

var (
	abuseKeySQL        = query("abuse_key")
	messagesOfAbuseSQL = query("messages_of_abuse")
	abusesOfAccountSQL = query("abuses_of_account")
	abuseTotalsSQL     = query("abuse_totals")
	channelsByIDSQL    = strings.ReplaceAll(channelSQL, "{where}", "ch.id = any($1)")
)

// AbuseKey answers a report by its integer. Error: CodeNotFound.
func (c *Catalog) AbuseKey(ctx context.Context, number int64) (AbuseKey, error) {
	return one(ctx, c.db, "Abuse not found", abuseKeySQL, func(row pgx.CollectableRow) (k AbuseKey, err error) {
		return k, row.Scan(&k.ID.UUID, &k.Number, &k.ReporterID.UUID)
	}, number)
}

// AbuseMessages answers the messages about a report, the oldest first. They are few: the domain bounds them.
func (c *Catalog) AbuseMessages(ctx context.Context, id kernel.AbuseID) ([]AbuseMessage, error) {
	found, err := many(ctx, c.db, messagesOfAbuseSQL, func(row pgx.CollectableRow) (m AbuseMessage, err error) {
		return m, row.Scan(&m.Number, &m.account, &m.ByModerator, &m.Message, &m.CreatedAt)
	}, id.UUID)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(found))
	for i := range found {
		ids[i] = found[i].account
	}
	accounts, err := c.accountsByID(ctx, ids)
	for i := range found {
		found[i].Account = accounts[found[i].account]
	}
	return found, err
}

// AbusesOf counts the reports that have to do with an account.
func (c *Catalog) AbusesOf(ctx context.Context, id kernel.AccountID) (n AbuseCounts, err error) {
	if err = c.db.QueryRow(ctx, abusesOfAccountSQL, id.UUID).Scan(&n.Flagged, &n.Accepted, &n.Created); err != nil {
		err = fmt.Errorf("catalog: reports of an account: %w", err)
	}
	return n, err
}

// AbuseTotals adds up the reports of the instance at a moment.
func (c *Catalog) AbuseTotals(ctx context.Context, now time.Time) (t AbuseTotals, err error) {
	since := now.UTC().Truncate(24*time.Hour).AddDate(0, -3, 0)
	if err = c.db.QueryRow(ctx, abuseTotalsSQL, since).Scan(&t.Total, &t.Processed, &t.ResponseMilliseconds); err != nil {
		err = fmt.Errorf("catalog: totals of reports: %w", err)
	}
	return t, err
}

// addPeople gives reports the accounts and channels that are still there.
func (c *Catalog) addPeople(ctx context.Context, found []Abuse) error {
	var accounts, channels []uuid.UUID
	for _, a := range found {
		accounts = append(accounts, a.reporter, a.flagged)
		if a.Video != nil {
			channels = append(channels, a.Video.Channel.ID.UUID)
		}
	}
	people, err := c.accountsByID(ctx, accounts)
	if err != nil {
		return err
	}
	shown, err := many(ctx, c.db, channelsByIDSQL, scanChannel, channels)
	if err != nil {
		return err
	}
	byID := make(map[kernel.ChannelID]Channel, len(shown))
	for _, ch := range shown {
		byID[ch.ID] = ch
	}
	for i, a := range found {
		found[i].Reporter, found[i].Flagged = people[a.reporter], people[a.flagged]
		if a.Video == nil {
			continue
		}
		if ch, stands := byID[a.Video.Channel.ID]; stands {
			a.Video.Channel = ch
		}
	}
	return nil
}

// accountsByID answers those of some accounts that are still there.
func (c *Catalog) accountsByID(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]*Account, error) {
	found, err := many(ctx, c.db, accountsByIDSQL, scanAccount, ids)
	if err != nil {
		return nil, err
	}
	accounts := make(map[uuid.UUID]*Account, len(found))
	for i := range found {
		accounts[found[i].ID.UUID] = &found[i]
	}
	return accounts, nil
}
