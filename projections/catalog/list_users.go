package catalog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// UserFilter says which people a list has, in which order and which part of it.
type UserFilter struct {
	Start, Count int
	// Sort is one of UserSorts.
	Sort      string
	Ascending bool
	// Search finds part of the name or of the e-mail address.
	Search  string
	Blocked *bool
	Role    *int
	// Since is where the rolling day of the daily quota begins.
	Since time.Time
	// ByLogin is everybody who has ever logged in, the latest first, for the order by last login.
	ByLogin []uuid.UUID
}

// ByLastLogin is the order that needs UserFilter.ByLogin.
const ByLastLogin = "lastLoginDate"

// UserSorts are the orders by PeerTube's names (SORTABLE_COLUMNS.ADMIN_USERS).
var UserSorts = []string{"id", "username", "videoQuotaUsed", "createdAt", ByLastLogin, "role"}

var userOrders = map[string]string{
	"id": "u.number", "username": `u.username collate "C"`, "videoQuotaUsed": "coalesce(s.bytes, 0)", "createdAt": "u.created_at",
	"role": "u.role",
}

// UserStats are what a person has here.
type UserStats struct {
	User
	// StoredToday is what was reserved in the last day, FileBytes what all files of the videos take.
	StoredToday, FileBytes int64
	Videos, Comments       int64
}

var (
	listUsersSQL         = query("list_users")
	countUsersSQL        = query("count_users")
	completeUsernamesSQL = query("complete_usernames")
)

// ListUsers answers a page of people and how many there are in all.
func (c *Catalog) ListUsers(ctx context.Context, f UserFilter) (page []UserStats, total int, err error) {
	wanted := userConditions(f, 1)
	counted := userConditions(f, 0)
	count := strings.ReplaceAll(countUsersSQL, "{where}", counted.String())
	if err := c.db.QueryRow(ctx, count, counted.args...).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("catalog: count users: %w", err)
	}
	args := append([]any{f.Since}, wanted.args...)
	by := userOrders[f.Sort]
	if f.Sort == ByLastLogin {
		args = append(args, f.ByLogin)
		by = fmt.Sprintf("coalesce(-array_position($%d::uuid[], u.id), -2147483648)", len(args))
	}
	direction := " desc"
	if f.Ascending {
		direction = " asc"
	}
	sql := strings.NewReplacer("{where}", wanted.String(), "{by}", fmt.Sprintf("%s%s, u.number%s limit %d offset %d",
		by, direction, direction, f.Count, f.Start)).Replace(listUsersSQL)
	page, err = many(ctx, c.db, sql, scanUserStats, args...)
	return page, total, err
}

// UserStats answers a person with what they have here. Error: CodeNotFound.
func (c *Catalog) UserStats(ctx context.Context, number int64, since time.Time) (UserStats, error) {
	sql := strings.NewReplacer("{where}", "u.number = $2", "{by}", "u.number").Replace(listUsersSQL)
	return one(ctx, c.db, noUser, sql, scanUserStats, since, number)
}

// CountUsers answers how many people there are.
func (c *Catalog) CountUsers(ctx context.Context) (total int, err error) {
	err = c.db.QueryRow(ctx, strings.ReplaceAll(countUsersSQL, "{where}", "true")).Scan(&total)
	return total, err
}

// CompleteUsernames answers up to ten names that hold a text.
func (c *Catalog) CompleteUsernames(ctx context.Context, part string) ([]string, error) {
	pattern := "%" + likeSpecials.Replace(part) + "%"
	return many(ctx, c.db, completeUsernamesSQL, func(row pgx.CollectableRow) (name string, err error) {
		return name, row.Scan(&name)
	}, pattern)
}

// userConditions composes what f asks for; the first parameters are the statement's own.
func userConditions(f UserFilter, own int) *plainConditions {
	w := &plainConditions{own: own}
	if f.Search != "" {
		pattern := "%" + likeSpecials.Replace(f.Search) + "%"
		w.add("(u.username ilike $ or u.email ilike $)", pattern)
	}
	if f.Blocked != nil {
		w.add("u.blocked = $", *f.Blocked)
	}
	if f.Role != nil {
		w.add("u.role = $", *f.Role)
	}
	return w
}

// plainConditions are conditions joined by and, whose parameters follow those of the statement.
type plainConditions struct {
	own   int
	texts []string
	args  []any
}

// add adds a condition on one value, at every $ of it.
func (w *plainConditions) add(text string, value any) {
	w.args = append(w.args, value)
	w.texts = append(w.texts, strings.ReplaceAll(text, "$", fmt.Sprintf("$%d", w.own+len(w.args))))
}

// String is the condition, true for none.
func (w *plainConditions) String() string {
	if len(w.texts) == 0 {
		return "true"
	}
	return strings.Join(w.texts, " and ")
}

func scanUserStats(row pgx.CollectableRow) (u UserStats, err error) {
	to := append(u.User.destinations(), &u.StoredToday, &u.FileBytes, &u.Videos, &u.Comments)
	return u, row.Scan(to...)
}
