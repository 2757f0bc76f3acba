# Installs, uses, removes and purges the package of $1 with dpkg, as root, in a throw-away copy of this machine: an
# overlay in a mount namespace of its own, with its changes in memory. $2 is an empty folder. Exits with 77 where that
# cannot be made.
set -eu
mount -t tmpfs -o size=512m none "$2" || exit 77
mkdir "$2/changes" "$2/work" "$2/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$2/changes,workdir=$2/work" "$2/root" || exit 77
mount --rbind /dev "$2/root/dev" || exit 77
mount -t proc proc "$2/root/proc" || exit 77
mkdir -p "$2/root/tmp"
cp "$1" "$2/root/tmp/fencegate.deb"
cat >"$2/root/tmp/inside.sh" <<'INSIDE'
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH FENCEGATE_CACHE=
cd /
# The JDK of this machine need not come from a package.
dpkg --force-depends -i /tmp/fencegate.deb >/dev/null
echo "user: $(getent passwd fencegate | cut -d: -f1,6)"
stat -c '%U:%G %a %n' /var/lib/fencegate /etc/fencegate/seal.key /usr/lib/systemd/system/fencegate-gateway.service
fencegate --help | head -n 1 | cut -c1-16
fencegate gateway --print-config --config /etc/fencegate/fencegate.properties 2>/dev/null | grep -o '^seal.key.file=[^ ]*'
echo '# mine' >>/etc/fencegate/fencegate.properties
dpkg -r fencegate >/dev/null
echo "removed, kept: $(echo /etc/fencegate/*) $(echo /usr/lib/fencegate* /usr/bin/fencegate*)"
dpkg --force-depends -i /tmp/fencegate.deb >/dev/null
tail -n 1 /etc/fencegate/fencegate.properties
dpkg -P fencegate >/dev/null 2>&1
getent passwd fencegate || echo "purged, no user"
find /etc /usr /var -xdev -name '*fencegate*' ! -path '/var/log/*' ! -path '/var/cache/debconf/*'
INSIDE
exec chroot "$2/root" sh /tmp/inside.sh
