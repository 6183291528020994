package token_test

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/token"
)

// Tokens of a realistic length, with dashes and underscores in them.
var (
	alice = jws(`{"alg":"HS256","typ":"JWT","kid":"2024-01"}`, `{"iss":"https://id.example","sub":"alice","name":"Ålice ~?>","exp":1700000000}`) + "aG-_9xk2Qq"
	bob   = jws(`{"alg":"RS256","typ":"JWT"}`, `{"iss":"https://id.example","sub":"bob","nonce":"n-0S6_WzA2Mj"}`) + "bB_-7yJz"
	hs256 = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
	wrap  = base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"dir","enc":"A256GCM"}`)) + "..aXZpdml2aXZpdg." +
		strings.Repeat("Y2lwaGVy_dGV4dA-", 20) + ".dGFndGFndGFndGFn"
)

// every cuts a text into lines of that many characters.
func every(n int, s, between string) string {
	var lines []string
	for part := range slices.Chunk([]byte(s), n) {
		lines = append(lines, string(part))
	}
	return strings.Join(lines, between)
}

// wide writes letters and digits as an East Asian keyboard in full-width mode does.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xfee0
		}
		return r
	}, s)
}

// A sample is a text as people paste it, the tokens that are in it, and what each is found in.
type sample struct {
	name, text string
	found      string // places, separated by blanks; - for none
	want       []string
}

var samples = []sample{
	{"alone", alice, "-", []string{alice}},
	{"bearer", "Bearer " + alice, "bearer", []string{alice}},
	{"bearer, lower case, two blanks", "bearer  " + alice + "\n", "bearer", []string{alice}},
	{"BEARER", "BEARER " + alice, "bearer", []string{alice}},
	{"DPoP", "Authorization: DPoP " + alice + "\r\nDPoP: " + bob, "header header", []string{alice, bob}},
	{"header", "Authorization: Bearer " + alice, "header", []string{alice}},
	{"header, HTTP/2", "authorization: Bearer " + alice, "header", []string{alice}},
	{"header, shouting", "AUTHORIZATION:Bearer " + alice, "header", []string{alice}},
	{"header, own name", "X-Amzn-Oidc-Data: " + alice, "header", []string{alice}},
	{"header, DevTools two lines", "Authorization:\nBearer " + alice, "bearer", []string{alice}},

	{"cookies", "Cookie: _ga=GA1.2.3; lang=ko-KR; access=" + alice + "; refresh=" + bob + "; theme=dark", "cookie cookie", []string{alice, bob}},
	{"set-cookie", "Set-Cookie: __Host-access=" + alice + "; Path=/; Secure; HttpOnly; SameSite=Lax", "cookie", []string{alice}},
	{"set-cookie, several", "set-cookie: a=" + alice + "; Path=/\r\nset-cookie: b=" + bob + "; Path=/", "cookie cookie", []string{alice, bob}},
	{"cookie in quotes", `Cookie: session="` + alice + `"; a=b`, "cookie", []string{alice}},
	{"chunked cookie", "Cookie: __Secure-next-auth.session-token.0=" + wrap[:150] + "; x=1; __Secure-next-auth.session-token.1=" + wrap[150:300] +
		"; __Secure-next-auth.session-token.2=" + wrap[300:] + "; y=2", "cookie", []string{wrap}},
	{"chunked set-cookie", "Set-Cookie: authjs.session-token.0=" + wrap[:150] + "; Path=/; HttpOnly\r\nSet-Cookie: authjs.session-token.1=" + wrap[150:] +
		"; Path=/", "cookie", []string{wrap}},
	{"chunked in an archive", `"cookies": [{"name": "s.0", "value": "` + wrap[:99] + `"}, {"name": "s.1", "value": "` + wrap[99:] + `"}]`, "cookie", []string{wrap}},
	{"chunked, of a JWS cut before its dot", "Cookie: s.0=" + alice[:strings.LastIndex(alice, ".")] + "; s.1=" + alice[strings.LastIndex(alice, "."):], "cookie", []string{alice}},
	{"Supabase cookie", "Cookie: sb-ref-auth-token=base64-" + b64(`{"access_token":"`+alice+`","token_type":"bearer","refresh_token":"x"}`), "encoded", []string{alice}},
	{"Supabase cookie, chunked", func() string {
		v := b64(`{"access_token":"` + alice + `","token_type":"bearer"}`)
		return "Cookie: sb-ref-auth-token.0=base64-" + v[:100] + "; sb-ref-auth-token.1=" + v[100:]
	}(), "encoded", []string{alice}},

	{"curl, Chromium, bash", "curl 'https://api.example/v1/me?x=1' \\\n  -H 'accept: application/json' \\\n  -H 'authorization: Bearer " + alice +
		"' \\\n  -b 'theme=dark; sid=" + bob + "' \\\n  --compressed", "curl curl", []string{alice, bob}},
	{"curl, Chromium, ANSI-C quotes", "curl 'https://api.example/' \\\n  -H $'authorization: Bearer " + alice + "' \\\n  --data-raw $'{\"token\":\"" + bob + "\"}'",
		"curl curl", []string{alice, bob}},
	{"curl, Chromium, cmd", "curl ^\"https://api.example/v1/me^\" ^\r\n  -H ^\"accept: application/json^\" ^\r\n  -H ^\"authorization: Bearer " + alice +
		"^\" ^\r\n  --data-raw ^\"^{^\\^\"id_token^\\^\":^\\^\"" + bob + "^\\^\"^}^\"", "curl curl", []string{alice, bob}},
	{"curl, Firefox", "curl 'https://api.example/v1/me' --compressed -X POST -H 'User-Agent: Mozilla/5.0' -H 'Authorization: Bearer " + alice +
		"' -H 'Cookie: s=" + bob + "' --data-raw '{\"a\":1}'", "curl cookie", []string{alice, bob}},
	{"curl, prompt", "$ curl -H \"Authorization: Bearer " + alice + "\" https://api.example", "curl", []string{alice}},
	{"PowerShell", "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.Cookies.Add((New-Object System.Net.Cookie(\"sid\", \"" + bob +
		"\", \"/\", \"api.example\")))\nInvoke-WebRequest -UseBasicParsing -Uri \"https://api.example/v1/me\" `\n-Headers @{\n\"authority\"=\"api.example\"\n  \"authorization\"=\"Bearer " +
		alice + "\"\n}", "powershell powershell", []string{bob, alice}},
	{"fetch", "fetch(\"https://api.example/v1/me\", {\n  \"headers\": {\n    \"accept\": \"*/*\",\n    \"authorization\": \"Bearer " + alice + "\"\n  },\n  \"method\": \"GET\"\n});",
		"header", []string{alice}},
	{"httpie", "http GET api.example Authorization:\"Bearer " + alice + "\"", "header", []string{alice}},
	{"wget", "wget --header=\"Authorization: Bearer " + alice + "\" https://api.example", "header", []string{alice}},

	{"HTTP request", "POST /login HTTP/1.1\r\nHost: api.example\r\nAuthorization: Bearer " + alice + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" +
		"grant_type=urn%3Aietf&assertion=" + bob + "&scope=a", "header url", []string{alice, bob}},
	{"HTTP response", "HTTP/1.1 200 OK\r\nSet-Cookie: s=" + alice + "; Path=/\r\nContent-Type: application/json\r\n\r\n{\"access_token\":\"" + bob + "\",\"expires_in\":300}",
		"cookie json", []string{alice, bob}},
	{"HAR", `{"log":{"entries":[{"request":{"headers":[{"name":"Authorization","value":"Bearer ` + alice + `"},{"name":"Cookie","value":"sid=` + bob + `"}]}}]}}`,
		"header cookie", []string{alice, bob}},
	{"URL query", "https://app.example/callback?state=x&id_token=" + alice + "&session_state=y", "url", []string{alice}},
	{"URL fragment", "https://app.example/cb#access_token=" + alice + "&token_type=Bearer&id_token=" + bob, "url url", []string{alice, bob}},
	{"URL, all encoded", "https://app.example/?next=" + url.QueryEscape("https://x.example/#token="+strings.ReplaceAll(alice, ".", "%2E")), "url",
		[]string{alice}},
	{"URL, percent dots", "https://app.example/?t=" + strings.ReplaceAll(alice, ".", "%2E"), "url", []string{alice}},
	{"URL path", "https://app.example/verify/" + alice + "/done?x=1", "url", []string{alice}},
	{"URL, websocket", "wss://app.example/socket?token=" + alice, "url", []string{alice}},
	{"form body", "client_id=x&client_assertion=" + alice + "&grant_type=client_credentials", "url", []string{alice}},

	{"OAuth response", "{\n  \"access_token\": \"" + alice + "\",\n  \"id_token\": \"" + bob + "\",\n  \"token_type\": \"Bearer\",\n  \"expires_in\": 3600\n}",
		"json json", []string{alice, bob}},
	{"JSON in a JSON string", `{"body":"{\"access_token\":\"` + alice + `\",\"n\":1}"}`, "json", []string{alice}},
	{"JSON array", `["` + alice + `","` + bob + `"]`, "quotes quotes", []string{alice, bob}},
	{"JSON, escaped dots", `{"t":"` + strings.ReplaceAll(alice, ".", `\u002e`) + `"}`, "json", []string{alice}},
	{"Python dict", "{'access_token': '" + alice + "', 'n': 1}", "json", []string{alice}},
	{"Go map", "map[access_token:" + alice + " token_type:Bearer]", "header", []string{alice}},

	{"log, time", "2024-05-01T12:00:00.123Z INFO  auth user=alice token=" + alice + " status=200", "log", []string{alice}},
	{"log, syslog brackets", "[2024-05-01 12:00:00] DEBUG Bearer " + alice + ", from 10.0.0.1", "bearer", []string{alice}},
	{"log, logfmt", `time="2024-05-01T12:00:00Z" level=info msg="login" token="` + alice + `"`, "log", []string{alice}},
	{"log, JSON", `{"level":"info","ts":1714564800,"msg":"login","token":"` + alice + `","ip":"::1"}`, "json", []string{alice}},
	{"log, access", `10.0.0.1 - - [01/May/2024:12:00:00 +0000] "GET /cb?token=` + alice + ` HTTP/1.1" 200 12`, "url", []string{alice}},
	{"log, several lines", "12:00:01 in  " + alice + "\n12:00:02 out " + bob + "\n", "log log", []string{alice, bob}},

	{"double quotes", `"` + alice + `"`, "quotes", []string{alice}},
	{"single quotes", "'" + alice + "'", "quotes", []string{alice}},
	{"backticks", "`" + alice + "`", "quotes", []string{alice}},
	{"curly quotes", "“" + alice + "”", "quotes", []string{alice}},
	{"single curly quotes", "‘" + alice + "’", "quotes", []string{alice}},
	{"guillemets", "«" + alice + "»", "quotes", []string{alice}},
	{"corner brackets", "「" + alice + "」", "quotes", []string{alice}},
	{"white corner brackets", "『" + alice + "』입니다", "quotes", []string{alice}},
	{"angle brackets", "<" + alice + ">", "text", []string{alice}},
	{"brackets, Korean around", "토큰(" + alice + ")을 확인해 주세요.", "text", []string{alice}},
	{"Korean particle", "토큰은 " + alice + "입니다.", "text", []string{alice}},
	{"Japanese", "トークン：" + alice + "。よろしく", "text", []string{alice}},

	{"wrapped at 64", every(64, alice, "\n"), "-", []string{alice}},
	{"wrapped at 76", every(76, alice, "\r\n"), "-", []string{alice}},
	{"wrapped at 40, indented", "token:\n    " + every(40, alice, "\n    ") + "\n", "-", []string{alice}},
	{"quoted-printable", "Here it is: " + every(60, alice, "=\r\n"), "text", []string{alice}},
	{"quoted-printable, in a URL", "https://app.example/verify?token=3D" + every(50, alice, "=\n"), "url", []string{alice}},
	{"backslash and line break", "TOKEN=" + every(50, alice, "\\\n"), "variable", []string{alice}},
	{"quoted letter", "> " + every(60, alice, "\n> ") + "\n> bye", "text", []string{alice}},
	{"comment", "# " + every(60, alice, "\n# "), "text", []string{alice}},
	{"two, each wrapped", every(64, alice, "\n") + "\n\n" + every(64, bob, "\n"), "- -", []string{alice, bob}},

	{"a word below", alice + "\nThanks\n", "-", []string{alice}},
	{"a host below", alice + "\nlocalhost\n", "-", []string{alice}},
	{"a setting below", alice + "\nPORT=80\n", "-", []string{alice}},
	{"a name below a whole signature", hs256 + "\nuser1\n", "-", []string{hs256}},
	{"two on one line", alice + " " + bob, "- text", []string{alice, bob}},
	{"two, comma", alice + "," + bob, "- text", []string{alice, bob}},
	{"the same three times", alice + "\n" + bob + "\n" + alice + "\nBearer " + alice, "- -", []string{alice, bob}},

	{"export", "export TOKEN=" + alice, "variable", []string{alice}},
	{"export, quotes", `export ACCESS_TOKEN="` + alice + `"`, "variable", []string{alice}},
	{".env", "DB=x\nJWT_TOKEN=" + alice + "\nPORT=80\n", "variable", []string{alice}},
	{".env, other token name", "API_KEY='" + alice + "'\n", "variable", []string{alice}},
	{"set, cmd", "set TOKEN=" + alice, "variable", []string{alice}},
	{"PowerShell variable", `$token = "` + alice + `"`, "variable", []string{alice}},
	{"Go constant", "const token = `" + alice + "`", "variable", []string{alice}},
	{"flag", "kubectl --token=" + alice + " get pods", "variable", []string{alice}},
	{"YAML", "auth:\n  token: " + alice + "\n  kind: jwt\n", "yaml", []string{alice}},
	{"kubeconfig", "apiVersion: v1\nusers:\n- name: sa\n  user:\n    token: " + alice + "\n", "yaml", []string{alice}},
	{"Kubernetes Secret", "apiVersion: v1\nkind: Secret\ndata:\n  namespace: ZGVmYXVsdA==\n  token: " + base64.StdEncoding.EncodeToString([]byte(alice)) + "\ntype: x\n",
		"encoded", []string{alice}},
	{"Kubernetes Secret, wrapped", "data:\n  token: >-\n    " + every(76, base64.StdEncoding.EncodeToString([]byte(alice)), "\n    ") + "\n", "encoded", []string{alice}},
	{"base64 of a header", base64.StdEncoding.EncodeToString([]byte("Bearer " + alice)), "encoded", []string{alice}},
	{"TOML", "token = \"" + alice + "\"", "variable", []string{alice}},
	{"INI", "[auth]\ntoken=" + alice, "variable", []string{alice}},

	{"Go concatenation", "token := \"" + every(40, alice, "\" +\n\t\t\"") + "\"\n", "variable", []string{alice}},
	{"Java concatenation", "String token = \"" + every(40, alice, "\"\n    + \"") + "\";", "variable", []string{alice}},
	{"Python strings", "token = (\"" + every(40, alice, "\"\n         \"") + "\")", "variable", []string{alice}},
	{"JavaScript, by parts", "const t = '" + strings.ReplaceAll(alice, ".", "' + '.' + '") + "';", "variable", []string{alice}},
	{"PHP concatenation", "$t = '" + every(40, alice, "' .\n  '") + "';", "variable", []string{alice}},
	{"Markdown fence", "Try this:\n\n```\n" + alice + "\n```\n", "code", []string{alice}},
	{"Markdown fence, language", "```jwt\n" + alice + "\n```", "code", []string{alice}},
	{"Markdown code", "Use `" + alice + "` there.", "quotes", []string{alice}},
	{"Markdown link", "[log in](https://app.example/?token=" + alice + ")", "url", []string{alice}},
	{"Markdown table", "| name | token |\n|---|---|\n| a | " + alice + " |\n| b | " + bob + " |\n", "text text", []string{alice, bob}},
	{"HTML attribute", `<input type="hidden" name="token" value="` + alice + `">`, "html", []string{alice}},
	{"HTML attribute, bare", `<meta name=csrf content=` + alice + `>`, "html", []string{alice}},
	{"HTML link", `<a href="https://app.example/?token=` + alice + `&amp;x=1">go</a>`, "html", []string{alice}},
	{"HTML, entities", "&quot;" + alice + "&quot;", "text", []string{alice}},
	{"HTML text", "<code>" + alice + "</code>", "text", []string{alice}},
	{"XML", "<wsse:BinarySecurityToken>" + alice + "</wsse:BinarySecurityToken>", "text", []string{alice}},

	{"zero width", every(30, alice, "\u200b"), "-", []string{alice}},
	{"byte order mark", "\ufeff" + alice, "-", []string{alice}},
	{"soft hyphen", every(50, alice, "\u00ad"), "-", []string{alice}},
	{"non-breaking blanks around", "\u00a0" + alice + "\u00a0", "-", []string{alice}},
	{"Bearer and a non-breaking blank", "Bearer\u00a0" + alice, "bearer", []string{alice}},
	{"ideographic blank", "Bearer\u3000" + alice, "bearer", []string{alice}},
	{"full width", wide(alice), "-", []string{alice}},
	{"full width, in part", alice[:30] + wide(alice[30:44]) + alice[44:], "-", []string{alice}},
	{"ideographic full stops", strings.ReplaceAll(alice, ".", "。"), "-", []string{alice}},
	{"word joiner", alice[:20] + "\u2060" + alice[20:], "-", []string{alice}},
	{"stray quote at the end", alice + `"`, "-", []string{alice}},
	{"comma at the end", alice + ",", "-", []string{alice}},
	{"semicolon at the end", "token: " + alice + ";", "header", []string{alice}},
}

// TestSamples finds the tokens in texts as people paste them: each whole, in order, once, and with its place named.
func TestSamples(t *testing.T) {
	for _, c := range samples {
		t.Run(c.name, func(t *testing.T) {
			r := token.Read(c.text)
			var got, found []string
			for _, tok := range r.Tokens {
				got = append(got, characters(tok.Compact()))
				place := tok.Found
				if place == "" {
					place = "-"
				} else if !slices.Contains(token.Places(), place) {
					t.Errorf("%s is no place", place)
				}
				found = append(found, place)
				if len(tok.Segments) != 3 && len(tok.Segments) != 5 {
					t.Errorf("%d segments: %+v", len(tok.Segments), tok.Problems)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s\nin\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"), c.text)
			}
			if f := strings.Join(found, " "); f != c.found {
				t.Errorf("found in %s, want %s", f, c.found)
			}
		})
	}
}

// TestAgain lists a token that is there several times once, with its other places.
func TestAgain(t *testing.T) {
	text := alice + "\n" + bob + "\n" + alice + "\nBearer " + alice
	r := token.Read(text)
	if len(r.Tokens) != 2 || len(r.Tokens[0].Again) != 2 || len(r.Tokens[1].Again) != 0 {
		t.Fatalf("%d tokens: %+v", len(r.Tokens), r.Tokens)
	}
	for _, s := range r.Tokens[0].Again {
		if text[s.Start:s.End] != alice {
			t.Errorf("%v is not the token", s)
		}
	}
}

// TestSaid looks for the problem that tells what was bent to read a sample.
func TestSaid(t *testing.T) {
	for name, code := range map[string]string{
		"chunked cookie": "token.chunks 43-", "Kubernetes Secret": "token.encoded", "full width": "token.full-width",
		"Go concatenation": "token.joined", "wrapped at 64": "token.joined", "quoted-printable": "token.joined", "zero width": "base64.character",
		"ideographic full stops": "token.dot", "stray quote at the end": "text.quote", "URL, percent dots": "token.escaped",
	} {
		i := slices.IndexFunc(samples, func(s sample) bool { return s.name == name })
		tok := token.Read(samples[i].text).Tokens[0]
		if !slices.ContainsFunc(tok.Problems, func(p token.Problem) bool {
			return strings.HasPrefix(fmt.Sprintf("%s %d-%d", p.Code, p.Start, p.End), strings.TrimSuffix(code, "43-"))
		}) {
			t.Errorf("%s: no %s in %s", name, code, brief(tok.Problems))
		}
	}
}
