list = []
for i in range(1000000):
    list.append(i * 2)
sum = 0
for x in list:
    sum = sum + x
for i in range(len(list)):
    list[i] = list[i] + 1
print(sum, list[-1])
