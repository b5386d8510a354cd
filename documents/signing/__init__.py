"""Digital signatures on the pages of a paper: made with a key, put where the decree says, looked at again.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (chữ ký số của người có thẩm quyền, của cơ quan); Luật Giao dịch điện tử
2023, Điều 22.

``keys`` opens what signs, ``holders`` says whose a certificate is, ``places`` where on the pages signatures stand; ``looks``
draws what is seen there, ``writing`` adds a signature or a number behind what is signed already; ``looking`` tells of a file who
signed it and whether it is whole, ``comparing`` whether it has anything but signatures more.
"""
