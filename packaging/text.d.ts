declare module "*.inc" {
  const text: string;
  export default text;
}
