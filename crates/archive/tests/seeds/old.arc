filedesc://zilver.arc 0.0.0.0 20220506070809 text/plain 73
1 0 Zilverhaven
URL IP-address Archive-date Content-type Archive-length


http://zilverhaven.example/ 192.0.2.1 20220506070809 text/html 121
HTTP/1.1 200 OK
Content-Type: text/html

<html><title>Blad</title>银港 buurthuis De Linde, calle del Muelle 3</html>
