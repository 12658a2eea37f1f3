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
	CreatedAt  time.Time        `db:"created_at"`
}

type storageRow struct {
	Bytes int64 `db:"bytes"`
}

type reservationRow struct {
	UserID     kernel.UserID `db:"user_id"`
	ReservedAt time.Time     `db:"reserved_at"`
	Bytes      int64         `db:"bytes"`
}

func (r *rows) userCreated(recordedAt time.Time, e user.Created) {
	r.users.Insert(e.UserID, userRow{
		Number: e.IntegerID, Username: e.Username, Email: e.Email, Role: e.Role, Quota: e.Quota, QuotaDaily: e.QuotaDaily,
		AccountID: e.AccountID, CreatedAt: recordedAt,
	})
}

// storageReserved adds to what the user holds. The stream is named for the user, the event is not. The event's own time
// counts, because the decision about the daily quota was made with it.
func (r *rows) storageReserved(at eventstore.Position, stream kernel.StreamID, e storage.Reserved) {
	owner := kernel.UserID{UUID: uuid.MustParse(stream.ID)}
	r.storage.UpdateOrInsert(owner, func(s *storageRow) { s.Bytes += e.Bytes })
	r.reservations.Insert(at, reservationRow{UserID: owner, ReservedAt: e.At.UTC().Truncate(time.Microsecond), Bytes: e.Bytes})
}

// storageReleased leaves the reservation: what was stored and deleted within a day counts against the daily quota.
func (r *rows) storageReleased(stream kernel.StreamID, e storage.Released) {
	owner := kernel.UserID{UUID: uuid.MustParse(stream.ID)}
	r.storage.UpdateOrInsert(owner, func(s *storageRow) { s.Bytes -= e.Bytes })
}
