package catalog

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/unicode/norm"
)

// Folded is a text as search compares it: lower case, without accents ("Ça va" is "ca va"). PeerTube does this in the
// database with the extension unaccent; here it is done before, so that rebuilt rows do not depend on its rules file.
func Folded(text string) string {
	decomposed := norm.NFKD.String(strings.ToLower(text))
	return strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) {
			return -1
		}
		return c
	}, decomposed)
}

// similarEnough is from where on a name counts as found, as in PeerTube (pg_trgm.word_similarity_threshold).
const similarEnough = "0.4"

var trigramsSQL = query("trigrams")

// findTrigrams makes a search by similarity where the database can do that.
func (c *Catalog) findTrigrams(ctx context.Context, f *Filter) error {
	if f.Search == "" {
		return nil
	}
	if known := c.trigrams.Load(); known != nil {
		f.trigrams = *known
		return nil
	}
	var schema string
	err := c.db.QueryRow(ctx, trigramsSQL).Scan(&schema)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("catalog: look for trigrams: %w", err)
	}
	c.trigrams.Store(&schema)
	f.trigrams = schema
	return nil
}
