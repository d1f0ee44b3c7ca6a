def main():
    text = ""
    for i in range(1000000):
        text = text + ("ab" + str(i % 10))
    count = 0
    for c in text:
        if c == "a":
            count = count + 1
    print(len(text), count)
main()
