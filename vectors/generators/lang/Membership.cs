// .NET's membership and what stands near it, over Mono: its SqlMembershipProvider where it has the scheme, else the
// formula over .NET's classes. Same lines in and out as Jvm.java. mcs -r:System.Web -r:System.Web.ApplicationServices
// Arguments: the hasher that the configuration's <membership hashAlgorithmType> makes, and "only" for that one alone.
using System;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Web.Security;

class Membership
{
    static readonly UTF8Encoding Utf8 = new UTF8Encoding(false);

    static byte[] Salt(int index, int length)
    {
        return SHA512.Create().ComputeHash(Encoding.ASCII.GetBytes("digestry Membership.cs " + index)).Take(length).ToArray();
    }

    static string Hex(byte[] bytes)
    {
        return BitConverter.ToString(bytes).Replace("-", "");
    }

    static byte[] Join(params byte[][] parts)
    {
        return parts.SelectMany(part => part).ToArray();
    }

    static string Mono;

    static void Emit(string hasher, string product, string id, string digest, string with)
    {
        string license = product == "Mono" ? "MIT" : "MIT";
        Console.WriteLine(string.Join("\t", hasher, product, Mono, license, id, digest, with));
    }

    static void Main(string[] args)
    {
        var version = Type.GetType("Mono.Runtime").GetMethod("GetDisplayName", BindingFlags.NonPublic | BindingFlags.Static);
        Mono = ((string)version.Invoke(null, null)).Split(' ')[0];
        var encode = typeof(SqlMembershipProvider).GetMethod("EncodePassword", BindingFlags.Instance | BindingFlags.NonPublic);
        string line;
        int i = 0;
        while ((line = Console.In.ReadLine()) != null)
        {
            var parts = line.Split('\t');
            var bytes = Enumerable.Range(0, parts[1].Length / 2).Select(n => Convert.ToByte(parts[1].Substring(2 * n, 2), 16)).ToArray();
            string id = parts[0], text = Utf8.GetString(bytes);
            byte[] wide = Encoding.Unicode.GetBytes(text), salt = Salt(i, 16);
            string salt64 = Convert.ToBase64String(salt), with = "{\"salt\":\"" + salt64 + "\"}";
            string b64;
            try
            {
                b64 = (string)encode.Invoke(new SqlMembershipProvider(), new object[] { text, MembershipPasswordFormat.Hashed, salt64 });
                Emit(args[0], "Mono SqlMembershipProvider", id, b64, with);
            }
            catch (TargetInvocationException error)
            {
                Console.Error.WriteLine(error.InnerException);
            }
            if (args.Length > 1) { i++; continue; }
            Emit("aspnet_membership_sha1", "Mono class libraries", id, Convert.ToBase64String(SHA1.Create().ComputeHash(Join(salt, wide))), with);
            Emit("aspnet_membership_sha256", "Mono class libraries", id, Convert.ToBase64String(SHA256.Create().ComputeHash(Join(salt, wide))), with);
            var key = new byte[64];
            for (int n = 0; n < 64; n++) key[n] = salt[n % salt.Length];
            Emit("aspnet_membership_hmacsha256", "Mono class libraries", id, Convert.ToBase64String(new HMACSHA256(key).ComputeHash(wide)), with);
            Emit("umbraco_hmac_sha1", "Mono class libraries", id, Convert.ToBase64String(new HMACSHA1(wide).ComputeHash(wide)), "");
            string plain = salt64.TrimEnd('=').Substring(0, 8);
            if (i % 2 == 0)
                Emit("nopcommerce", "Mono class libraries", id, Hex(SHA1.Create().ComputeHash(Utf8.GetBytes(text + plain))), "{\"salt\":\"" + plain + "\",\"params\":{\"algorithm\":\"SHA1\"}}");
            else
                Emit("nopcommerce", "Mono class libraries", id, Hex(SHA512.Create().ComputeHash(Utf8.GetBytes(text + plain))), "{\"salt\":\"" + plain + "\",\"params\":{\"algorithm\":\"SHA512\"}}");
            var derive = new Rfc2898DeriveBytes(text, salt, 1000);
            Emit("aspnet_identity_v2", "Mono class libraries", id, Convert.ToBase64String(Join(new byte[] { 0 }, salt, derive.GetBytes(32))), "");
            var digest = i % 2 == 0 ? SHA1.Create().ComputeHash(Join(salt, wide)) : SHA256.Create().ComputeHash(Join(salt, wide));
            Emit("episerver", "Mono class libraries", id, "$episerver$*" + i % 2 + "*" + salt64 + "*" + Convert.ToBase64String(digest).TrimEnd('='), "");
            string hm = Hex(salt).Substring(0, 6).ToLower();
            Emit("hmailserver", "Mono class libraries", id, hm + Hex(SHA256.Create().ComputeHash(Utf8.GetBytes(hm + text))).ToLower(), "");
            i++;
        }
    }
}
