-- Lua copies a string each time it grows: its own idiom is a table, joined at the end.
local parts = {}
for i = 0, 999999 do parts[#parts + 1] = "ab" .. tostring(i % 10) end
local text = table.concat(parts)
local count = 0
for c in text:gmatch(utf8.charpattern) do if c == "a" then count = count + 1 end end
print(utf8.len(text), count)
