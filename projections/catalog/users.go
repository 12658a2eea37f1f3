package catalog

import (
	"time"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
	"vidilog/domain/storage"
	"vidilog/domain/user"
	"vidilog/eventstore"
)

type userRow struct {
	Number     int64            `db:"number"`
	Username   string           `db:"username"`
	Email      kernel.Personal  `db:"email"`
	Role       user.Role        `db:"role"`
	Quota      int64            `db:"quota"`
	QuotaDaily int64            `db:"quota_daily"`
	AccountID  kernel.AccountID `db:"account_id"`
	// EmailVerified is nil where nobody has asked.
	EmailVerified *bool           `db:"email_verified"`
	Flags         user.AdminFlags `db:"admin_flags"`
	AuthPlugin    *string         `db:"auth_plugin"`
	Settings      user.Settings   `db:"settings"`
	Blocked       bool            `db:"blocked"`
	BlockedReason *string         `db:"blocked_reason"`
	CreatedAt     time.Time       `db:"created_at"`
}

type storageRow struct {
	Bytes int64 `db:"bytes"`
}

type reservationRow struct {
	UserID     kernel.UserID `db:"user_id"`
	ReservedAt time.Time     `db:"reserved_at"`
	Bytes      int64         `db:"bytes"`
	// For is what it was reserved for, a video's id.
	For string `db:"reserved_for"`
}

func (r *rows) userCreated(recordedAt time.Time, e user.Created) {
	r.users.Insert(e.UserID, userRow{
		Number: e.IntegerID, Username: e.Username, Email: e.Email, Role: e.Role, Quota: e.Quota, QuotaDaily: e.QuotaDaily,
		AccountID: e.AccountID, EmailVerified: e.EmailVerified, Flags: e.Flags, Settings: e.Settings, CreatedAt: recordedAt,
	})
}

// reduceUser handles the events of user streams, which end with the deletion.
func (r *rows) reduceUser(recordedAt time.Time, e kernel.Event) {
	switch e := e.(type) {
	case user.Created:
		r.userCreated(recordedAt, e)
	case user.EmailChanged:
		r.users.Update(e.UserID, func(u *userRow) { u.Email, u.EmailVerified = e.Email, e.Verified })
	case user.EmailVerificationChanged:
		r.users.Update(e.UserID, func(u *userRow) { u.EmailVerified = e.Verified })
	case user.QuotaChanged:
		r.users.Update(e.UserID, func(u *userRow) { u.Quota, u.QuotaDaily = e.Quota, e.QuotaDaily })
	case user.RoleChanged:
		r.users.Update(e.UserID, func(u *userRow) { u.Role = e.Role })
	case user.AdminFlagsChanged:
		r.users.Update(e.UserID, func(u *userRow) { u.Flags = e.Flags })
	case user.AuthPluginChanged:
		r.users.Update(e.UserID, func(u *userRow) { u.AuthPlugin = e.AuthPlugin })
	case user.SettingsChanged:
		r.users.Update(e.UserID, func(u *userRow) { u.Settings = e.Settings })
	case user.Blocked:
		r.users.Update(e.UserID, func(u *userRow) { u.Blocked, u.BlockedReason = true, e.Reason })
	case user.Unblocked:
		r.users.Update(e.UserID, func(u *userRow) { u.Blocked, u.BlockedReason = false, nil })
	case user.Deleted:
		r.users.Delete(e.UserID)
	case user.Erased:
		r.abuseTextsErased(e.UserID)
	}
}

// storageReserved adds to what the user holds. The stream is named for the user, the event is not. The event's own time
// counts, because the decision about the daily quota was made with it.
func (r *rows) storageReserved(at eventstore.Position, stream kernel.StreamID, e storage.Reserved) {
	owner := kernel.UserID{UUID: uuid.MustParse(stream.ID)}
	r.storage.UpdateOrInsert(owner, func(s *storageRow) { s.Bytes += e.Bytes })
	r.reservations.Insert(at, reservationRow{UserID: owner, ReservedAt: e.At.UTC().Truncate(time.Microsecond), Bytes: e.Bytes, For: e.For})
}

// storageReleased forgets the reservations too: what was deleted counts for the day no more, as in the decision.
func (r *rows) storageReleased(stream kernel.StreamID, e storage.Released) {
	owner := kernel.UserID{UUID: uuid.MustParse(stream.ID)}
	r.storage.UpdateOrInsert(owner, func(s *storageRow) { s.Bytes -= e.Bytes })
	r.reservedFor.Delete(e.For)
}
