-- Sends one form after another, each with a name, a number and a key of its own.
-- RUKUN_FORM: the fields that stay the same, already encoded.

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(args)
  fixed = os.getenv("RUKUN_FORM") or ""
  count = number * 40000000 + (tonumber(os.getenv("RUKUN_START")) or 0)
  headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
end

local function letters(n)
  local word = ""
  repeat
    word = string.char(97 + n % 26) .. word
    n = math.floor(n / 26)
  until n == 0
  return word
end

function request()
  count = count + 1
  local body = string.format(
    "%s&name=Warga+Rekaan+%s&phone=0812%08d&submission_key=kunci%024d", fixed, letters(count), count, count)
  return wrk.format("POST", nil, headers, body)
end
