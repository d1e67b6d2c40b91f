export default function Page() {
  return <p>POST /api/login with a JSON body of email and password.</p>;
}
