package catalog

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"vidilog/domain/kernel"
	"vidilog/domain/user"
)

// User is a person with an account here.
type User struct {
	ID       kernel.UserID
	Number   int64
	Username string
	Email    kernel.Personal
	Role     int // PeerTube's numbers
	// Quota and QuotaDaily are bytes; -1 means no limit.
	Quota, QuotaDaily int64
	// EmailVerified is nil where nobody has asked.
	EmailVerified *bool
	AdminFlags    int // PeerTube's bits
	AuthPlugin    *string
	Settings      user.Settings
	Blocked       bool
	BlockedReason *string
	CreatedAt     time.Time
	// StoredBytes is what counts against Quota.
	StoredBytes int64
	Account     Account
}

var (
	userSQL         = query("user")
	userByIDSQL     = strings.ReplaceAll(userSQL, "{where}", "u.id = $1")
	userByNumberSQL = strings.ReplaceAll(userSQL, "{where}", "u.number = $1")
	userByNameSQL   = strings.ReplaceAll(userSQL, "{where}", "u.username = $1")
	storageSQL      = query("storage_of_user")
)

const noUser = "User not found"

// User answers a user. Error: CodeNotFound.
func (c *Catalog) User(ctx context.Context, id kernel.UserID) (User, error) {
	return one(ctx, c.db, noUser, userByIDSQL, scanUser, id.UUID)
}

// UserByNumber answers a user by the integer. Error: CodeNotFound.
func (c *Catalog) UserByNumber(ctx context.Context, number int64) (User, error) {
	return one(ctx, c.db, noUser, userByNumberSQL, scanUser, number)
}

// UserByName answers a user by the user name. Error: CodeNotFound.
func (c *Catalog) UserByName(ctx context.Context, username string) (User, error) {
	return one(ctx, c.db, noUser, userByNameSQL, scanUser, username)
}

// StorageUsed answers the bytes that a user holds, and those reserved in the 24 hours before now.
func (c *Catalog) StorageUsed(ctx context.Context, id kernel.UserID, now time.Time) (total, today int64, err error) {
	err = c.db.QueryRow(ctx, storageSQL, id.UUID, now.Add(-24*time.Hour)).Scan(&total, &today)
	return total, today, err
}

func scanUser(row pgx.CollectableRow) (u User, err error) { return u, row.Scan(u.destinations()...) }

func (u *User) destinations() []any {
	to := []any{
		&u.ID.UUID, &u.Number, &u.Username, &u.Email, &u.Role, &u.Quota, &u.QuotaDaily, &u.EmailVerified, &u.AdminFlags,
		&u.AuthPlugin, &u.Settings, &u.Blocked, &u.BlockedReason, &u.CreatedAt, &u.StoredBytes,
	}
	return append(to, u.Account.destinations()...)
}

// nullable scans a UUID that may be null into an id, null as the zero id.
type nullable struct{ id *kernel.UserID }

// ScanUUID is pgx's interface for it.
func (n nullable) ScanUUID(v pgtype.UUID) error {
	n.id.UUID = v.Bytes
	return nil
}
