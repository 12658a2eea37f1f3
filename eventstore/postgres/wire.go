package postgres

import (
	"encoding/binary"
	"slices"
	"time"

	"github.com/google/uuid"
)

// The appender and the readers speak PostgreSQL's binary format themselves: an append of 128 waiting commands sends some
// thousand array elements, and the general encoder costs ten times the time of these few lines.

// Object ids of the element types, from pg_type.
const (
	oidBool        = 16
	oidBytea       = 17
	oidInt8        = 20
	oidInt4        = 23
	oidText        = 25
	oidTimestamptz = 1184
	oidUUID        = 2950
)

// postgresEpoch is 2000-01-01 in microseconds since 1970: timestamptz counts from there.
const postgresEpoch = 946_684_800_000_000

// encodeArray is the format of array_send: dimensions, has-nulls, element type, length, lower bound, then each element
// after its length.
func encodeArray[T any](elementType uint32, values []T, put func([]byte, T) []byte) []byte {
	b := make([]byte, 0, 256)
	if len(values) == 0 {
		b = binary.BigEndian.AppendUint32(b, 0)
		b = binary.BigEndian.AppendUint32(b, 0)
		return binary.BigEndian.AppendUint32(b, elementType)
	}
	b = binary.BigEndian.AppendUint32(b, 1)
	b = binary.BigEndian.AppendUint32(b, 0)
	b = binary.BigEndian.AppendUint32(b, elementType)
	b = binary.BigEndian.AppendUint32(b, uint32(len(values)))
	b = binary.BigEndian.AppendUint32(b, 1)
	for i, v := range values {
		start := len(b)
		b = put(append(b, 0, 0, 0, 0), v)
		binary.BigEndian.PutUint32(b[start:], uint32(len(b)-start-4))
		if i == 0 { // the others will be of about this size: growing step by step costs more than encoding
			b = slices.Grow(b, (len(values)-1)*(len(b)-start)*9/8)
		}
	}
	return b
}

func putText(b []byte, v string) []byte    { return append(b, v...) }
func putBytea(b []byte, v []byte) []byte   { return append(b, v...) }
func putUUID(b []byte, v uuid.UUID) []byte { return append(b, v[:]...) }
func putInt8(b []byte, v int64) []byte     { return binary.BigEndian.AppendUint64(b, uint64(v)) }
func putInt4(b []byte, v int32) []byte     { return binary.BigEndian.AppendUint32(b, uint32(v)) }

func putTime(b []byte, v time.Time) []byte { return putInt8(b, v.UnixMicro()-postgresEpoch) }

func putBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

// The format of record_send, for the elements of an array of rows: the number of fields, then each with its type and length.

func fields(b []byte, count uint32) []byte { return binary.BigEndian.AppendUint32(b, count) }

func field(b []byte, fieldType uint32, length int) []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, fieldType), uint32(length))
}

func fieldText(b []byte, v string) []byte    { return append(field(b, oidText, len(v)), v...) }
func fieldBytea(b []byte, v []byte) []byte   { return append(field(b, oidBytea, len(v)), v...) }
func fieldUUID(b []byte, v uuid.UUID) []byte { return append(field(b, oidUUID, len(v)), v[:]...) }
func fieldInt8(b []byte, v int64) []byte     { return putInt8(field(b, oidInt8, 8), v) }
func fieldInt4(b []byte, v int32) []byte     { return putInt4(field(b, oidInt4, 4), v) }
func fieldTime(b []byte, v time.Time) []byte { return putTime(field(b, oidTimestamptz, 8), v) }
func fieldBool(b []byte, v bool) []byte      { return putBool(field(b, oidBool, 1), v) }

func textArray(values []string) []byte    { return encodeArray(oidText, values, putText) }
func byteaArray(values [][]byte) []byte   { return encodeArray(oidBytea, values, putBytea) }
func uuidArray(values []uuid.UUID) []byte { return encodeArray(oidUUID, values, putUUID) }

func readInt8(b []byte) int64 { return int64(binary.BigEndian.Uint64(b)) }
func readInt4(b []byte) int32 { return int32(binary.BigEndian.Uint32(b)) }
func readOID(b []byte) uint32 { return binary.BigEndian.Uint32(b) }

func readTime(b []byte) time.Time { return time.UnixMicro(readInt8(b) + postgresEpoch).UTC() }

func readUUID(b []byte) uuid.UUID { return uuid.UUID(b[:16]) }
