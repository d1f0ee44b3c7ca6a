local list = {}
for i = 0, 999999 do list[#list + 1] = i * 2 end
local sum = 0
for _, x in ipairs(list) do sum = sum + x end
for i = 1, #list do list[i] = list[i] + 1 end
print(sum, list[#list])
