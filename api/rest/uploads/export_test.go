package uploads

import "net/http"

// Piece is what the parser makes of a PUT, for fuzzing.
func Piece(r *http.Request, size int64) (start, total int64, fits bool) {
	p := pieceOf(r)
	return p.start, p.total, p.fits(size)
}

// Hashed is FNV-1a as uploadx writes it.
var Hashed = hashed
