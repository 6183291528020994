package locale

import (
	"strings"
	"unicode/utf8"
)

// A Korean particle has two shapes, one after a final consonant (받침) and one after a vowel: 값은, 키는. The pair
// 으로/로 differs: ㄹ counts as a vowel there (물로). What is not written in Hangul goes by how a Korean reads it aloud.

// A sound is how a word ends.
type sound uint8

const (
	open   sound = iota // in a vowel, or nobody knows
	closed              // in a consonant
	liquid              // in ㄹ
)

// particle returns afterConsonant or afterVowel, whichever fits behind the word.
func particle(word, afterConsonant, afterVowel string) string {
	switch lastSound(word) {
	case closed:
		return afterConsonant
	case liquid:
		ro := strings.HasPrefix(afterVowel, "로") && afterConsonant == "으"+afterVowel
		return pick(!ro, afterConsonant, afterVowel)
	}
	return afterVowel
}

// lastSound returns how the word ends when read aloud. Quotes, brackets and blanks at the end are silent.
func lastSound(word string) sound {
	word = strings.TrimRight(word, " \t\r\n\"'`”’」』)]}>.,:;!?…")
	r, _ := utf8.DecodeLastRuneInString(word)
	switch {
	case '가' <= r && r <= '힣':
		return hangulSound(r)
	case '0' <= r && r <= '9':
		return digitSound(word)
	case 'A' <= r && r <= 'Z', 'a' <= r && r <= 'z':
		return latinSound(word)
	}
	return open
}

// hangulSound uses that the syllables of Unicode stand in rows of 28, one for each final consonant, none first.
func hangulSound(r rune) sound {
	switch (r - '가') % 28 {
	case 0:
		return open
	case 8:
		return liquid
	}
	return closed
}

// digitSound reads the number that the word ends with: 영 일 이 삼 사 오 육 칠 팔 구, and 십 백 천 만 억 조 when it
// ends in zeros.
func digitSound(word string) sound {
	zeros := 0
	for i := len(word) - 1; i >= 0; i-- {
		switch word[i] {
		case ',':
			continue
		case '0':
			zeros++
			continue
		case '1', '2', '3', '4', '5', '6', '7', '8', '9':
			if zeros == 0 {
				return [...]sound{closed, liquid, open, closed, open, open, closed, liquid, liquid, open}[word[i]-'0']
			}
		default:
			return closed // 영
		}
		break
	}
	if 12 <= zeros && zeros < 16 { // 조, the only power of ten in sight that ends in a vowel
		return open
	}
	return closed
}

// latinSound reads capitals letter by letter (URL 유알엘, JWK 제이더블유케이) and what has small letters as a word.
func latinSound(word string) sound {
	start := len(word)
	for start > 0 && isLetter(word[start-1]) {
		start--
	}
	word = word[start:]
	if word == "HMAC" {
		return closed // 에이치맥, the one acronym that is spoken as a word
	}
	small := strings.ToLower(word)
	if len(word) > 1 && word != strings.ToUpper(word) {
		return wordSound(small)
	}
	return letterSound(small[len(small)-1])
}

// wordSound knows endings whose last letter misleads: file 파일, name 네임, string 스트링, header 헤더.
func wordSound(small string) sound {
	last, before := small[len(small)-1], small[len(small)-2]
	switch {
	case last == 'e' && before == 'l':
		return liquid
	case last == 'e' && (before == 'm' || before == 'n'), last == 'g' && before == 'n':
		return closed
	case last == 'r' && strings.IndexByte("aeiou", before) >= 0:
		return open
	}
	return letterSound(last)
}

// letterSound tells the four letters whose names end in a consonant: 엘, 엠, 엔, 알.
func letterSound(small byte) sound {
	switch small {
	case 'm', 'n':
		return closed
	case 'l', 'r':
		return liquid
	}
	return open
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
