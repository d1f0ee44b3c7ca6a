for i = 0, 999999 do print(i) end
