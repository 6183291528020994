package memstore

import (
	"context"
	"time"
)

// An item is what can end: a family, or an entry of the deny list.
type item struct {
	end    time.Time // zero for never
	place  int       // in the queue
	family *family   // nil for an entry of the deny list
	id     string    // of such an entry
}

// A queue is a binary heap of items by their ends. container/heap would make each comparison a call through an interface.
type queue []*item

func (q *queue) put(i *item, end time.Time) {
	i.end, i.place = end, len(*q)
	*q = append(*q, i)
	q.up(i.place)
}

func (q *queue) move(i *item, end time.Time) {
	i.end = end
	q.down(q.up(i.place))
}

func (q *queue) take(i *item) {
	last := len(*q) - 1
	moved := (*q)[last]
	q.swap(i.place, last)
	(*q)[last] = nil
	*q = (*q)[:last]
	if moved != i {
		q.down(q.up(moved.place))
	}
}

// ended returns the item that ended first, or nil if all live.
func (q queue) ended(now time.Time) *item {
	if len(q) == 0 || q[0].end.IsZero() || now.Before(q[0].end) {
		return nil
	}
	return q[0]
}

func (q queue) up(i int) int {
	for i > 0 && q.less(i, (i-1)/2) {
		q.swap(i, (i-1)/2)
		i = (i - 1) / 2
	}
	return i
}

func (q queue) down(i int) {
	for {
		first := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(q); child++ {
			if q.less(child, first) {
				first = child
			}
		}
		if first == i {
			return
		}
		q.swap(i, first)
		i = first
	}
}

func (q queue) less(a, b int) bool {
	x, y := q[a].end, q[b].end
	return !x.IsZero() && (y.IsZero() || x.Before(y))
}

func (q queue) swap(a, b int) {
	q[a], q[b] = q[b], q[a]
	q[a].place, q[b].place = a, b
}

// Sweep removes what has ended: see [login.Store].
func (s *Store) Sweep(ctx context.Context, now time.Time, limit int) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	s.now = now
	return s.sweep(now, limit), nil
}

// sweep may leave the last of the families without some of its oldest secrets.
func (s *Store) sweep(now time.Time, limit int) int {
	removed := 0
	for ; removed < limit; removed++ {
		i := s.ends.ended(now)
		switch {
		case i == nil:
			return removed
		case i.family == nil:
			delete(s.denied, i.id)
			s.ends.take(i)
		case len(i.family.secrets) > 0:
			delete(s.secrets, i.family.secrets[0])
			i.family.secrets = i.family.secrets[1:]
		default:
			s.remove(i.family)
		}
		s.size--
	}
	return removed
}

// room reports whether there is room for so many records more, and makes it where something has ended.
func (s *Store) room(more int, now time.Time) bool {
	s.sweep(now, s.size+more-s.limit)
	return s.size+more <= s.limit
}
